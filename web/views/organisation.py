"""The organisation's own settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenants.models import Membership, Organisation, Role
from tenants.organisations import deletion
from tenants.organisations.addresses import AddressTaken
from tenants.organisations.changing import change_organisation
from tenants.people.handover import to_new_host
from web.access import MemberRequest, member_required, member_who_runs
from web.forms.organisation import DeletionForm, OrganisationForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def organisation(request: MemberRequest) -> HttpResponse:
    """Name, address, language and time zone, for an owner to change; the way to all other settings."""
    member_who_runs(request)
    if request.membership.role != Role.OWNER:
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "web/organisation.html", {"here": "organisation"})
    data: Any = request.POST if request.method == "POST" else None
    form = OrganisationForm(data, instance=Organisation.objects.get(pk=request.membership.organisation_id))
    if data is not None and form.is_valid():
        by = Membership.objects.select_related("user", "organisation").get(pk=request.membership.pk)
        try:
            changed = change_organisation(by=by, particulars=form.particulars())
        except AddressTaken:
            form.add_error("slug", _("Another organisation has this address."))
        else:
            if changed.slug != request.organisation.slug:
                return redirect(to_new_host(request, organisation=changed, path="/organisation/"))
            messages.success(request, _("Saved."))
            return redirect("web:organisation")
    context = {"here": "organisation", "form": form}
    return render(request, "web/organisation.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def delete(request: MemberRequest) -> HttpResponse:
    """Have it deleted after a waiting period, once its name is typed; from then on it is closed."""
    if request.membership.role != Role.OWNER:
        raise PermissionDenied
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = Membership.objects.select_related("user", "organisation").get(pk=request.membership.pk)
        try:
            deletion.ask_for_deletion(by=by, name=form.cleaned_data["name"])
        except deletion.WrongName:
            form.add_error("name", _("The organisation is called %(name)s.") % {"name": by.organisation.name})
        else:
            return redirect(f"{settings.PUBLIC_URL}/enter/?choose=1")
    context = {"here": "organisation", "form": form, "days": deletion.WAIT.days}
    return render(request, "web/delete_organisation.html", context, status=422 if form.errors else 200)
