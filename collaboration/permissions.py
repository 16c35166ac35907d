"""Who may see and change which book: querysets filter, predicates decide."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from books.models import Book
from collaboration.models import BookCollaborator
from tenants.models import Membership, Role

_SEES_ALL = frozenset({Role.OWNER, Role.ADMIN, Role.MEMBER})
_RUNS_ALL = frozenset({Role.OWNER, Role.ADMIN})


def visible_books(membership: Membership) -> QuerySet[Book]:
    """Every book of the organisation for its members; for a guest those that they were asked to join."""
    if membership.role in _SEES_ALL:
        return Book.objects.all()
    part = BookCollaborator.objects.filter(
        book=OuterRef("pk"), user_id=membership.user_id, status=BookCollaborator.Status.ACTIVE
    )
    return Book.objects.filter(Exists(part))


def can_commission(membership: Membership) -> bool:
    return membership.role in _SEES_ALL


def may_see_costs(membership: Membership, book: Book) -> bool:
    """What its making cost: for its author and those who run the organisation."""
    return membership.role in _RUNS_ALL or book.author_id == membership.user_id


def can_edit(membership: Membership, book: Book) -> bool:
    """The author, those who run the organisation, and collaborators who are editors or administrators."""
    if membership.role in _RUNS_ALL or book.author_id == membership.user_id:
        return True
    return BookCollaborator.objects.filter(
        book=book,
        user_id=membership.user_id,
        status=BookCollaborator.Status.ACTIVE,
        role__in=[BookCollaborator.Role.EDITOR, BookCollaborator.Role.ADMIN],
    ).exists()
