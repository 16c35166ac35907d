"""The console's page of an organisation's files: in which places they lie, and moving them to another."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from console.access import may_change, staff_only, super_admin_only
from console.organisations import organisation_or_404, tabs_of
from storage import homes, moving, places
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation
from tenants.portable.exports import asking, reasons

EXPORTS_SHOWN = 10


class PlaceForm(forms.Form):
    place = forms.ChoiceField(
        label=gettext_lazy("Where its files shall lie"),
        help_text=gettext_lazy("The organisation goes on working meanwhile. New files go there at once."),
    )

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        field = cast(forms.ChoiceField, self.fields["place"])
        field.choices = [(name, _described(name)) for name in places.names()]


@require_GET
@staff_only
def organisation_files(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    organisation = organisation_or_404(organisation_id)
    return _page(request, organisation)


@require_POST
@super_admin_only
def move_files(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """To the place that is chosen; to the same once more, to go on with what is left."""
    organisation = organisation_or_404(organisation_id)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, form)
    homes.send_home(
        organisation=organisation, place=form.cleaned_data["place"], actor=cast(User, request.user)
    )
    messages.success(request, _("The files are on their way."))
    return redirect("console:organisation_files", organisation_id=organisation.pk)


def _page(request: HttpRequest, organisation: Organisation, form: PlaceForm | None = None) -> HttpResponse:
    with entered(organisation):
        standing = moving.standing()
    form = form or PlaceForm(initial={"place": standing.home})
    context = {
        "here": "organisations",
        "organisation": organisation,
        "tabs": tabs_of(organisation, "organisation_files"),
        "standing": standing,
        "rows": [(_described(one.place), one, one.place == standing.home) for one in standing.places],
        "home": _described(standing.home),
        "others": len(places.names()) > 1,
        "arrived": standing.files - standing.left,
        "form": form,
        "may_change": may_change(request.user),
        "exports": [
            (one, reasons.in_words(one.reason)) for one in asking.exports_of(organisation.pk)[:EXPORTS_SHOWN]
        ],
    }
    return render(request, "console/files.html", context, status=422 if form.errors else 200)


def _described(name: str) -> str:
    """A place's name with what it is, such as "attic (S3)"."""
    try:
        return f"{name} ({_(places.named(name).called)})"
    except places.UnknownPlace:  # FILES_PLACES has it no more
        return _("%(name)s, which is not set up any more") % {"name": name}
