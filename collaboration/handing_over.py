"""What becomes of somebody's books when they leave: receiver of `tenants.signals.member_gone`."""

from __future__ import annotations

from typing import Any

from books.models import Book
from collaboration.models import BookCollaborator
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Membership, Organisation


def hand_over(*, organisation: Organisation, membership: Membership, heir: User, **signal: Any) -> None:
    """Give the leaver's books to their heir, and end their part in the books of others."""
    with entered(organisation):
        Book.objects.filter(author_id=membership.user_id).update(author=heir)
        BookCollaborator.objects.filter(user_id=membership.user_id).delete()
        BookCollaborator.objects.filter(user=heir, book__author=heir).delete()
