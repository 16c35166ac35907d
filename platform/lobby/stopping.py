"""The page behind the links that stop e-mails; good signed out, and for the one click of mail programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import stopping


@csrf_exempt  # RFC 8058, section 3.2: a mail program sends no cookie; the address alone is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_emails(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, since mail programs look at links by themselves; only a POST does."""
    try:
        link = stopping.read(token)
    except stopping.BadLink:
        return render(request, "lobby/stop_emails_unknown.html", status=404)
    if request.method == "POST":
        stopping.resume(link) if "resume" in request.POST else stopping.stop(link)
        return redirect("lobby:stop_emails", token=token) if "page" in request.POST else HttpResponse()
    context = {"link": link, "stopped": stopping.is_stopped(link)}
    return render(request, "lobby/stop_emails.html", context)
