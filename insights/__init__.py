"""The activity log, and what can be learned from it."""

from insights.recording import record

__all__ = ["record"]
