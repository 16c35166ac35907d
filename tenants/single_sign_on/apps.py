from django.apps import AppConfig


class SingleSignOnConfig(AppConfig):
    """No models of its own: allauth finds the provider of organisations here."""

    name = "tenants.single_sign_on"
    verbose_name = "Single sign-on"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in

        from tenants.signals import domain_verified, organisation_erased
        from tenants.single_sign_on.arriving import come_in
        from tenants.single_sign_on.configuring import forget_identities
        from tenants.single_sign_on.enforcing import end_sessions_of

        user_logged_in.connect(come_in)
        organisation_erased.connect(forget_identities)
        domain_verified.connect(end_sessions_of)
