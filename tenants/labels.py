"""The organisation as a label of metrics."""

from __future__ import annotations

from django.conf import settings

from tenants.context import current_or_none


def organisation_label() -> str:
    """The schema of the organisation entered here; empty outside any, and where nobody asked for the label.

    Each value is a series of its own wherever metrics are kept: see `OCTAVO_METRICS_BY_ORGANISATION`.
    """
    inside = current_or_none() if settings.OCTAVO_METRICS_BY_ORGANISATION else None
    return inside.schema if inside else ""
