"""What the small pictures of organisations and people have in common."""

from __future__ import annotations

from datetime import datetime


def version_of(changed_at: datetime) -> str:
    """Stands for a picture's present state in its address: browsers keep what a version showed for good."""
    return f"{changed_at.timestamp():.6f}".replace(".", "")
