"""The console's page of e-mails that are waiting or were given up."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from console.access import may_change, staff_only, super_admin_only
from insights import record
from insights.actions import Action
from notifications import outbox
from notifications.models import Letter, LetterState
from tenants.accounts.models import User

PAGE_SIZE = 25
SHOWN = [LetterState.WAITING, LetterState.GIVEN_UP, LetterState.SENT]


@require_GET
@staff_only
def letters(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in SHOWN else LetterState.GIVEN_UP
    rows = Letter.objects.filter(state=state).defer("sealed").order_by("-created_at")
    address = reverse("console:letters")
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "state": state,
        "tabs": [(f"{address}?state={one}", one.label, one == state) for one in SHOWN],
        "may_change": may_change(request.user),
        "here": "letters",
    }
    return render(request, "console/letters.html", context)


@require_POST
@super_admin_only
def retry_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    letter = get_object_or_404(Letter, pk=letter_id)
    with transaction.atomic():
        again = outbox.try_again(letter_id=letter.pk)
        if again:
            record(Action.LETTER_RETRIED, actor=cast(User, request.user), resource=letter)
    if again:
        messages.success(request, _("The e-mail is sent again."))
    else:
        messages.error(request, _("Nothing to do here: it has moved on meanwhile."))
    return redirect("console:letters")
