from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications import api_keys, domains, endings, exports, membership

        membership.listen()
        domains.listen()
        api_keys.listen()
        exports.listen()
        endings.listen()
