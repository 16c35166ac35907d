"""What becomes of an organisation's files when it is erased: receiver of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from storage import places
from tenants.models import Organisation


def erase_files(*, organisation: Organisation, **signal: Any) -> None:
    """Remove everything under the organisation's prefix from every place, rows or none; may be repeated."""
    for name in places.names():
        places.named(name).empty(organisation.schema_name)
