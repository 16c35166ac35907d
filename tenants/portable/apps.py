from django.apps import AppConfig


class PortableConfig(AppConfig):
    name = "tenants.portable"
    verbose_name = "Portable organisations"

    def ready(self) -> None:
        from tenants.portable.exports.ending import stop_for_erasing
        from tenants.signals import organisation_erasing

        organisation_erasing.connect(stop_for_erasing)
