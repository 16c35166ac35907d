from django.apps import AppConfig


class PortableConfig(AppConfig):
    name = "tenants.portable"
    verbose_name = "Portable organisations"
