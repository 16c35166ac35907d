from typing import Any

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    """First of the installed apps: it marks table names before any model is defined."""

    name = "tenants"
    verbose_name = "Organisations"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        from tenants.postgresql.guarding import guard
        from tenants.postgresql.names import mark_table_names

        mark_table_names()
        guard()

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_delete, post_save, pre_migrate
        from django_tenants.signals import tenant_delete_callback

        from tenants import checks  # noqa: F401
        from tenants.cache import cached_traces, erase_cached
        from tenants.domains import hosts, removals
        from tenants.middleware import bind_session
        from tenants.moving.old_copies import drop_for_erasing
        from tenants.postgresql import pool_metrics  # noqa: F401
        from tenants.resolution import forget_changed_organisation
        from tenants.schemas.preparation import prepare_database
        from tenants.signals import member_gone, member_joined, organisation_erasing, organisation_traces

        # Listening to every model's deletion, it would make each of them load its rows before deleting.
        post_delete.disconnect(tenant_delete_callback)
        pre_migrate.connect(prepare_database, sender=self)
        user_logged_in.connect(bind_session)
        organisation_erasing.connect(erase_cached)
        organisation_erasing.connect(drop_for_erasing)
        organisation_traces.connect(cached_traces)
        member_gone.connect(removals.remember)
        member_joined.connect(removals.forget)
        post_delete.connect(hosts.leave_closed_host, sender=self.get_model("Domain"))
        for changed in ("Organisation", "Domain", "SingleSignOn", "Logo"):
            post_save.connect(forget_changed_organisation, sender=self.get_model(changed))
            post_delete.connect(forget_changed_organisation, sender=self.get_model(changed))
