from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        from insights import accounts, membership

        accounts.listen()
        membership.listen()
