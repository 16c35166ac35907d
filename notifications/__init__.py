"""What people are told: in the app, by e-mail and live."""

from notifications.notifying import notify

__all__ = ["notify"]
