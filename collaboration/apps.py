from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    name = "collaboration"

    def ready(self) -> None:
        from collaboration.handing_over import hand_over
        from tenants.signals import member_gone

        member_gone.connect(hand_over)
