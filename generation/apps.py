from django.apps import AppConfig


class GenerationConfig(AppConfig):
    name = "generation"

    def ready(self) -> None:
        from generation.arriving import stop_books
        from generation.batches import kinds as batches
        from generation.kinds import register_all
        from tenants.signals import organisation_imported

        register_all()
        batches.register_all()
        organisation_imported.connect(stop_books)
