from django.apps import AppConfig


class FormatsConfig(AppConfig):
    name = "formats"

    def ready(self) -> None:
        from formats.steps import register_kind

        register_kind()
