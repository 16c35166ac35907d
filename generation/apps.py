from django.apps import AppConfig


class GenerationConfig(AppConfig):
    name = "generation"

    def ready(self) -> None:
        from generation.batches import kinds as batches
        from generation.kinds import register_all

        register_all()
        batches.register_all()
