from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        from insights import accounts, api_keys, domains, erasing, grouping, identity, membership, webhooks
        from tenants.signals import account_erased, organisation_erased, organisations_of_old

        accounts.listen()
        api_keys.listen()
        grouping.listen()
        membership.listen()
        domains.listen()
        identity.listen()
        webhooks.listen()
        organisation_erased.connect(erasing.erase_lines)
        organisations_of_old.connect(erasing.organisations_of_old)
        account_erased.connect(erasing.forget_names)
