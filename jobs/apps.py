from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"

    def ready(self) -> None:
        from jobs.importing import stop_work
        from tenants.signals import organisation_imported

        organisation_imported.connect(stop_work)
