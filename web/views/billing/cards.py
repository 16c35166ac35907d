"""Another card; where something is owed, it pays that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from billing.gateways.contract import NotConfigured
from billing.subscriptions.changing_cards import change_card
from billing.subscriptions.rights import Refusal
from web.access import MemberRequest, member_required
from web.views.billing.frame import in_words, payer, return_address


@require_POST
@member_required
def card(request: MemberRequest) -> HttpResponse:
    by = payer(request)
    try:
        return HttpResponseRedirect(change_card(membership=by, return_url=return_address(by)))
    except (Refusal, NotConfigured) as error:
        messages.error(request, in_words(error))
    return redirect("web:billing")
