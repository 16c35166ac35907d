"""The console's pages of PostgreSQL servers: how the engine is, and moving an organisation to another."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from console import engine
from console.access import may_change, staff_only, super_admin_only
from console.organisations import organisation_or_404, tabs_of, tabs_of_all
from tenants import servers as known
from tenants.accounts.models import User
from tenants.doorbell import enqueue
from tenants.migrating.standing import standing
from tenants.models import Organisation
from tenants.moving.asking import CannotMove, ask_for_move

PAGE_SIZE = 25


class ServerForm(forms.Form):
    server = forms.ChoiceField(
        label=gettext_lazy("Where it shall be"),
        help_text=gettext_lazy("Its members go on working; for a moment their changes wait."),
    )

    def __init__(self, organisation: Organisation, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        others = [alias for alias in known.aliases() if alias != organisation.alias]
        cast(forms.ChoiceField, self.fields["server"]).choices = [(alias, alias) for alias in others]


@require_GET
@staff_only
def servers(request: HttpRequest) -> HttpResponse:
    """Servers, migrations, moves, imports and erasures; it renews itself while something is under way."""
    page = Paginator(engine.moves(), PAGE_SIZE).get_page(request.GET.get("page"))
    erased = Paginator(engine.erased(), PAGE_SIZE).get_page(request.GET.get("erased"))
    migrations, (imports, unfinished) = standing(), engine.under_way()
    exports = engine.exports()
    coming = any(move.is_under_way for move in page) or any(one.export.under_way for one in exports)
    context = {
        "here": "organisations",
        "tabs": tabs_of_all("servers"),
        "servers": engine.servers(),
        "migrations": migrations,
        "behind": engine.behind(migrations),
        "command": engine.MIGRATE,
        "page": page,
        "exports": exports,
        "imports": imports,
        "unfinished": unfinished,
        "can_finish": any(not one.was_kept for one in unfinished),
        "erased": erased,
        "certified": engine.certified(erased),
        "busy": coming or migrations.at_work or engine.any_at_work(imports, unfinished),
        "may_change": may_change(request.user),
    }
    return render(request, "console/servers.html", context)


@require_GET
@staff_only
def organisation_server(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    return _page(request, organisation_or_404(organisation_id))


@require_POST
@super_admin_only
def move_organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    organisation = organisation_or_404(organisation_id)
    form = ServerForm(organisation, request.POST)
    if not form.is_valid():
        return _page(request, organisation, form)
    try:
        with transaction.atomic():
            move = ask_for_move(
                organisation=organisation, to=form.cleaned_data["server"], by=cast(User, request.user)
            )
            enqueue("tenants.move", move_id=move.pk)
    except CannotMove as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The organisation is on its way."))
    return redirect("console:organisation_server", organisation_id=organisation.pk)


def _page(request: HttpRequest, organisation: Organisation, form: ServerForm | None = None) -> HttpResponse:
    moves = list(organisation.moves.select_related("asked_by").order_by("-asked_at")[:PAGE_SIZE])
    form = form or ServerForm(organisation)
    context = {
        "here": "organisations",
        "organisation": organisation,
        "tabs": tabs_of(organisation, "organisation_server"),
        "size": known.size_of_schema(organisation.schema_name, alias=organisation.alias),
        "under_way": next((move for move in moves if move.is_under_way), None),
        "moves": moves,
        "others": len(known.aliases()) > 1,
        "form": form,
        "may_change": may_change(request.user),
    }
    return render(request, "console/server.html", context, status=422 if form.errors else 200)
