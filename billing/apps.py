from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"

    def ready(self) -> None:
        from billing.subscribing import subscribe_new_organisation
        from tenants.signals import organisation_created

        organisation_created.connect(subscribe_new_organisation)
