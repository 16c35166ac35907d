from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        from insights import accounts, erasing, membership
        from tenants.signals import organisation_erased

        accounts.listen()
        membership.listen()
        organisation_erased.connect(erasing.erase_lines)
