from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from billing.calls import rates
        from billing.features import plan_to_take
        from billing.subscribing import subscribe_imported_organisation, subscribe_new_organisation
        from billing.subscriptions import closing
        from tenants import signals
        from tenants.organisations.features import feature_asked

        feature_asked.connect(plan_to_take)
        post_save.connect(rates.forget_changed, sender=self.get_model("Subscription"))
        signals.organisation_created.connect(subscribe_new_organisation)
        signals.organisation_imported.connect(subscribe_imported_organisation)
        signals.deletion_asked.connect(closing.stop_asked)
        signals.organisation_kept.connect(closing.tell_to_resume)
        signals.organisation_erasing.connect(closing.stop_before_erasing)
        signals.organisation_erased.connect(closing.release_covered)
