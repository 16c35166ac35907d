"""Who may open the members' pages, and which book a page is about."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django_htmx.middleware import HtmxDetails

from books.models import Book, Chapter
from collaboration import permissions
from storage.places import PlaceFault
from tenants.accounts.models import User
from tenants.models import Group, Membership, Role, Tier
from tenants.people.members import may_run, may_see_people
from tenants.resolution import Resolved


class MemberRequest(HttpRequest):
    """A request of a signed-in member of the organisation whose host was asked."""

    user: User
    membership: Membership
    organisation: Resolved
    htmx: HtmxDetails


P = ParamSpec("P")
logger = logging.getLogger(__name__)
GONE: Final = (Membership.DoesNotExist, Group.DoesNotExist, Tier.DoesNotExist)


def member_required(
    view: Callable[Concatenate[MemberRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Ask strangers to sign in; tell people of other organisations that nothing is here, and everybody so
    where what a page is about goes while it is asked for."""

    @wraps(view)
    def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.membership is None:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except GONE as gone:
            raise Http404 from gone
        except PlaceFault as fault:
            logger.error("Files cannot be reached", exc_info=fault)
            return render(request, "500.html", status=503)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], guarded)


def member_who_sees_people(request: MemberRequest) -> Membership:
    """The member who asks; 403 for those who may not see who is here."""
    if not may_see_people(request.membership):
        raise PermissionDenied
    return request.membership


def member_who_runs(request: MemberRequest) -> Membership:
    """The member who asks; 403 for those who do not run the organisation."""
    if not may_run(request.membership):
        raise PermissionDenied
    return request.membership


def member_who_owns(request: MemberRequest) -> Membership:
    """The member who asks, with the organisation and person that doings need; 403 for who owns nothing."""
    if request.membership.role != Role.OWNER:
        raise PermissionDenied
    return Membership.objects.select_related("user", "organisation").get(pk=request.membership.pk)


def visible_book(request: MemberRequest, book_id: UUID) -> Book:
    """The book, if this member may see it; else 404."""
    return get_object_or_404(permissions.visible_books(request.membership), pk=book_id)


def editable_book(request: MemberRequest, book_id: UUID) -> Book:
    """The book, if this member may change it; 403 where they may only look."""
    book = visible_book(request, book_id)
    if not permissions.can_edit(request.membership, book):
        raise PermissionDenied
    return book


def chapter_of(book: Book, number: int) -> Chapter:
    return get_object_or_404(book.chapters.select_related("book"), number=number)
