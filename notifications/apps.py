from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications import api_keys, domains, endings, membership

        membership.listen()
        domains.listen()
        api_keys.listen()
        endings.listen()
