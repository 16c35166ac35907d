from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "storage"

    def ready(self) -> None:
        from storage.erasing import erase_files
        from storage.portable import Store
        from tenants.portable.files import register
        from tenants.signals import organisation_erasing

        organisation_erasing.connect(erase_files)
        register(Store())
