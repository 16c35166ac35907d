from django.apps import AppConfig


class FormatsConfig(AppConfig):
    name = "formats"

    def ready(self) -> None:
        from formats import steps
        from formats.printing import steps as print_steps

        steps.register_kind()
        print_steps.register_kind()
