"""Primary keys that sort by the time they were made."""

from uuid import UUID

from uuid_utils import compat


def uuid7() -> UUID:
    """A new UUID of version 7 (RFC 9562): its first 48 bits are the time in milliseconds."""
    return compat.uuid7()
