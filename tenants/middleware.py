"""From the host of a request to the organisation it is for, and to the member who asks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from tenants.context import entered, in_public
from tenants.domains import certificates, joining
from tenants.models import Membership, OrganisationStatus
from tenants.people.handover import VOUCHED
from tenants.requests import asked_host
from tenants.resolution import Resolved, at_hand, has_moved, is_platform_host, platform_host, resolve_host
from tenants.single_sign_on import enforcing

HEALTH_PATH = "/healthz"
JOIN_PATH = "/join/"
# For people who are not signed in as members yet.
OPEN_PATHS = ("/accounts/", "/i18n/", "/static/", "/branding", JOIN_PATH)
BOUND_TO = "octavo_bound_to"  # session key: the organisation's id, or "platform", it was opened for

DETAIL: Final = "octavo_detail"  # attribute of an answer: what a program is told instead of the page

CHOICE_URL = f"{settings.PUBLIC_URL}/enter/?choose=1"

GetResponse = Callable[[HttpRequest], Any]


class HostMiddleware:
    """Enters the organisation whose host was asked, for the whole request, streamed answers included."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if self.is_async:
            return self._answer_async(request)
        refusal = _place(request, asked_host(request))
        if refusal is not None:
            return promise(refusal, request)
        with _inside(request):
            return promise(keep_inside(self.get_response(request), request), request)

    async def _answer_async(self, request: HttpRequest) -> HttpResponseBase:
        refusal = await _placed(request)
        if refusal is not None:
            return promise(refusal, request)
        with _inside(request):
            return promise(keep_inside(await self.get_response(request), request), request)


def _place(
    request: Any, host: str, resolve: Callable[[str], Resolved | None] = resolve_host
) -> HttpResponse | None:
    """Set the request's organisation and addresses; answers by itself where nothing further should run."""
    if request.path == HEALTH_PATH:
        return HttpResponse("ok", content_type="text/plain")
    if request.path == certificates.PATH:
        return certificates.may_have_certificate(request)
    request.organisation = request.membership = None
    if host and is_platform_host(host):
        request.urlconf = settings.PLATFORM_URLCONF
        return None
    found = resolve(host) if host else None
    if found is None:
        return _unknown_host(request)
    return _place_in(found, host, request)


async def _placed(request: HttpRequest) -> HttpResponse | None:
    """`_place`, in a thread of its own only where somebody has to be asked."""
    host = asked_host(request)
    found = at_hand(host)
    if request.path != certificates.PATH and (found is not None or is_platform_host(host)):
        return _place(request, host, lambda _host: found)
    return await sync_to_async(_place)(request, host)


def _place_in(found: Resolved, host: str, request: Any) -> HttpResponse | None:
    if found.status != OrganisationStatus.ACTIVE:
        return _closed(found, request)
    if has_moved(host, found):
        return _on_to(f"{settings.PUBLIC_SCHEME}://{found.host}", request)
    request.organisation = found
    return None


def _closed(found: Resolved, request: Any) -> HttpResponse:
    """Why nobody gets in: a page, and a sentence for what makes a problem of it."""
    template = "deleting" if found.status == OrganisationStatus.DELETING else "suspended"
    context = {"name": found.name, "delete_at": found.delete_at, "choice_url": CHOICE_URL}
    answer = _page(request, f"tenants/{template}.html", 403, context)
    with override(answer["Content-Language"]):
        setattr(answer, DETAIL, why_closed(found))
    return answer


def why_closed(found: Resolved) -> str:
    """In one sentence, for programs."""
    if found.status == OrganisationStatus.DELETING:
        return _("%s is going to be deleted. An owner can still keep it.") % found.name
    return _("%s is suspended. An owner can ask for help.") % found.name


def _on_to(address: str, request: HttpRequest) -> HttpResponse:
    """To the same page of the organisation's present address; a form is sent there again as it was."""
    moved = HttpResponse(status=301 if request.method in ("GET", "HEAD") else 308)
    moved["Location"] = f"{address}{request.get_full_path()}"
    moved["Cache-Control"] = "max-age=3600"  # not for ever: it may move back
    return moved


def _unknown_host(request: HttpRequest) -> HttpResponse:
    return _page(request, "tenants/unknown_host.html", 404, {"platform_url": settings.PUBLIC_URL})


def _page(request: HttpRequest, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    language = get_language_from_request(request)
    with override(language):
        page = render_to_string(template, context)
    return HttpResponse(page, status=status, headers={"Content-Language": language})


def promise(response: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    """HTTPS for the host itself where it is not the platform's: what lies below it is not ours to promise
    (RFC 6797, section 6.1.2). Django's SecurityMiddleware leaves a header that is there."""
    if settings.SECURE_HSTS_SECONDS and request.is_secure() and not _is_of_platform(request):
        response.headers.setdefault("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
    return response


def _is_of_platform(request: HttpRequest) -> bool:
    try:
        host = request.get_host().partition(":")[0].lower().rstrip(".")
    except DisallowedHost:
        return False
    return host == platform_host() or host.endswith(f".{platform_host()}")


def _inside(request: Any) -> Any:
    return entered(request.organisation) if request.organisation else in_public()


def keep_inside(response: Any, request: Any) -> Any:
    """What streams is produced after the middleware has returned: each piece is made inside again."""
    found: Resolved | None = request.organisation
    if found is not None and getattr(response, "streaming", False):
        inside = entered(found)
        each = inside.each_async if response.is_async else inside.each
        response.streaming_content = each(response.streaming_content)
    return response


class MembershipMiddleware:
    """Finds the member who asks.

    On an organisation's host, whoever is signed in and no member gets a 404, or is asked to join where the
    domain of their address lets them.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if self.is_async:
            return self._answer_async(request)
        return _recognise(request) or self.get_response(request)

    async def _answer_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(_recognise)(request) or await self.get_response(request)


def _recognise(request: Any) -> HttpResponse | None:
    """Set the request's membership; answers by itself where nothing further should run."""
    if not request.user.is_authenticated:
        return None
    if request.session.get(BOUND_TO) != binding_of(request):
        with in_public():  # a session opened for one host is worth nothing on another, nor told of there
            logout(request)
        return None
    if request.organisation is None:
        return None
    if not _may_stay(request):
        logout(request)
        return None
    request.membership = Membership.objects.filter(
        organisation_id=request.organisation.id, user_id=request.user.pk
    ).first()
    if request.membership is None and not request.path.startswith(OPEN_PATHS):
        return _ask_to_join(request)
    return None


def _ask_to_join(request: Any) -> HttpResponse:
    asks_for_page = request.method in ("GET", "HEAD") and not request.path.startswith("/api/")
    if asks_for_page and joining.may_join(request.user, request.organisation.id):
        return HttpResponseRedirect(JOIN_PATH)
    raise Http404(_("There is nothing here for you."))


def _may_stay(request: Any) -> bool:
    """Where the organisation requires its own provider, sessions that began otherwise end."""
    return (
        not request.organisation.sign_on_required
        or request.session.get(VOUCHED, False)
        or not enforcing.is_covered(request.user, request.organisation.id)
    )


def bind_session(request: Any, **signal: Any) -> None:
    """On signing in: the session is good for the host where that happened."""
    if hasattr(request, "organisation"):
        request.session[BOUND_TO] = binding_of(request)


def binding_of(request: Any) -> str:
    """For whom a session of this request's host is good."""
    return str(request.organisation.id) if request.organisation else "platform"
