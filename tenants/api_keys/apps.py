from django.apps import AppConfig


class ApiKeysConfig(AppConfig):
    name = "tenants.api_keys"
    verbose_name = "API keys"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from tenants.accounts.models import User
        from tenants.api_keys import recognising, revoking
        from tenants.models import Membership
        from tenants.signals import member_gone, ownership_transferred

        member_gone.connect(revoking.end_keys_of)
        ownership_transferred.connect(recognising.forget_changed)
        for changed in (Membership, User, self.get_model("ApiKey")):
            post_save.connect(recognising.forget_changed, sender=changed)
            post_delete.connect(recognising.forget_changed, sender=changed)
