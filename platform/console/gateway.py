"""The console's page of the payment gateway: its key, what it told us, and the sandbox's time."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from billing import events, sandbox
from billing.gateways import keys
from billing.gateways.registry import environment_account, kept_account, mode
from billing.models import EventStatus, GatewayEvent
from console.access import may_change, staff_only, super_admin_only
from console.invoices import PAGE_SIZE, billing_tabs
from insights import record
from insights.actions import Action
from tenants.accounts.models import User


class KeyForm(forms.Form):
    secret_key = forms.CharField(
        label=gettext_lazy("Secret key"),
        max_length=220,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("From Paystack’s dashboard, Settings, API keys. It is kept encrypted."),
    )


class DaysForm(forms.Form):
    days = forms.IntegerField(min_value=1, max_value=sandbox.MOST_DAYS)


@require_GET
@staff_only
def gateway(request: HttpRequest) -> HttpResponse:
    return _page(request, KeyForm())


@require_POST
@super_admin_only
def set_key(request: HttpRequest) -> HttpResponse:
    form = KeyForm(request.POST)
    if form.is_valid():
        try:
            keys.set_key(secret_key=form.cleaned_data["secret_key"], by=_person(request))
        except keys.BadKey as error:
            form.add_error("secret_key", str(error))
        else:
            messages.success(request, _("Paystack knows the key. From now on it is used."))
            return redirect("console:gateway")
    return _page(request, form)


@require_POST
@super_admin_only
def test_key(request: HttpRequest) -> HttpResponse:
    try:
        keys.test_key()
    except keys.BadKey as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Paystack answers, and knows the key."))
    return redirect("console:gateway")


@require_POST
@super_admin_only
def forget_key(request: HttpRequest) -> HttpResponse:
    if keys.forget_key(by=_person(request)):
        messages.success(request, _("The key is forgotten."))
    return redirect("console:gateway")


@require_POST
@super_admin_only
def move_clock(request: HttpRequest) -> HttpResponse:
    form = DaysForm(request.POST)
    try:
        if form.is_valid():
            sandbox.move_on(days=form.cleaned_data["days"], by=_person(request))
            messages.success(request, _("The sandbox’s time has moved on."))
    except sandbox.NoSandbox:
        messages.error(request, _("There is no sandbox, or it does not answer."))
    return redirect("console:gateway")


@require_GET
@staff_only
def gateway_events(request: HttpRequest) -> HttpResponse:
    status = request.GET.get("status", "")
    rows = GatewayEvent.objects.defer("body").order_by("-received_at", "-pk")
    if status in EventStatus.values:
        rows = rows.filter(status=status)
    address = reverse("console:gateway_events")
    states = [(address, _("All"), not status)]
    states += [
        (f"{address}?status={value}", str(label), value == status) for value, label in EventStatus.choices
    ]
    context = {
        "here": "billing",
        "tabs": billing_tabs("gateway"),
        "states": states,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "status": status,
        "may_change": may_change(request.user),
    }
    return render(request, "console/gateway_events.html", context)


@require_POST
@super_admin_only
def retry_event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    event = get_object_or_404(GatewayEvent, pk=event_id)
    with transaction.atomic():
        again = events.try_again(event_id=event.pk)
        if again:
            record(Action.GATEWAY_EVENT_RETRIED, actor=_person(request), resource=event)
    if again:
        messages.success(request, _("The event is looked at again."))
    else:
        messages.error(request, _("Nothing to do here: it has moved on meanwhile."))
    return redirect("console:gateway_events")


def _page(request: HttpRequest, form: KeyForm) -> HttpResponse:
    kept, account = kept_account(), environment_account()
    context = {
        "here": "billing",
        "tabs": billing_tabs("gateway"),
        "mode": mode(),
        "source": "console" if kept else account.source if account else "",
        "kept": kept,
        "form": form,
        "webhook_url": request.build_absolute_uri(reverse("lobby:paystack_webhook")),
        "failed": GatewayEvent.objects.filter(status=EventStatus.FAILED).count(),
        "time_there": _time_there(),
        "may_change": may_change(request.user),
    }
    return render(request, "console/gateway.html", context, status=400 if form.errors else 200)


def _time_there() -> object:
    try:
        return sandbox.time_there()
    except sandbox.NoSandbox:
        return None


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)
