"""The hosted pages: paying, answering one's bank, changing the card of a subscription."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from babel.dates import format_datetime
from babel.numbers import format_currency
from django.template import Context, Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.paystack import cards, charging
from sandbox.paystack.emulator import Emulator
from sandbox.paystack.records import Subscription, Transaction
from sandbox.paystack.wording import WORDS

HERE = Path(__file__).parent
ENGINE = Engine(dirs=[str(HERE / "templates")])
HEADERS = {
    # No form-action: after a form comes the way back to the merchant, wherever that is.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
View = Callable[[Emulator, Request, dict[str, str]], Response]


def routes(emulator: Emulator) -> list[Route]:
    def route(path: str, view: View) -> Route:
        return Route(path, viewed(emulator, view), methods=["GET", "POST"])

    return [
        route("/", overview),
        route("/checkout/{code}", checkout),
        route("/challenge/{code}", challenge),
        route("/manage/{code}", manage),
        Route("/sandbox.css", lambda request: FileResponse(HERE / "static" / "sandbox.css")),
    ]


def viewed(emulator: Emulator, view: View) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        form = {name: values[-1] for name, values in parse_qs((await request.body()).decode()).items()}
        response = await run_in_threadpool(view, emulator, request, form)
        if request.method == "POST":
            await run_in_threadpool(emulator.save)
        return response

    return answer


def overview(emulator: Emulator, request: Request, form: dict[str, str]) -> Response:
    """What has happened here lately."""
    world, language = emulator.world, language_of(request)
    statuses = WORDS[language]["statuses"]
    latest = sorted(world.transactions.values(), key=lambda one: one.id, reverse=True)[:20]
    rows = [
        {
            "reference": one.reference,
            "status": statuses[one.status],
            "amount": money(one.amount, one.currency, language),
        }
        for one in latest
    ]
    now = format_datetime(emulator.now(), "medium", locale=language)
    return page(request, "overview.html", rows=rows, now=f"{now} UTC")


def checkout(emulator: Emulator, request: Request, form: dict[str, str]) -> Response:
    """Pay with one of the cards, or give up."""
    with emulator.lock:
        found = by_access_code(emulator, request.path_params["code"])
        if found is None:
            return page(request, "over.html", status=404)
        if found.paid_at is not None:
            return leave(request, found)
        if found.challenged_card:
            return RedirectResponse(f"/challenge/{found.access_code}", status_code=303)
        if "cancel" in form:
            return leave(request, found, to=cancel_address(found))
        given = cards.card_of(form.get("card", "")) if request.method == "POST" else None
        if given is not None:
            charging.pay(emulator, found, given)
            return after_attempt(request, found)
    said = {"bad_number": request.method == "POST"}
    return ask(request, found, emulator, **said)


def after_attempt(request: Request, found: Transaction) -> Response:
    if found.challenged_card:
        return RedirectResponse(f"/challenge/{found.access_code}", status_code=303)
    if found.paid_at is not None:
        return leave(request, found)
    return RedirectResponse(f"/checkout/{found.access_code}", status_code=303)  # which says why, to try again


def ask(request: Request, found: Transaction, emulator: Emulator, *, bad_number: bool) -> Response:
    words = WORDS[language_of(request)]
    failure = words["failures"].get(found.gateway_response, "") if found.status == "failed" else ""
    return page(
        request,
        "checkout.html",
        status=400 if bad_number else 200,
        amount=money(found.amount, found.currency, language_of(request)),
        email=emulator.world.customers[found.customer].email,
        reference=found.reference,
        offered=offered(words),
        bad_number=bad_number,
        failure=failure,
    )


def offered(words: dict[str, Any]) -> list[dict[str, str]]:
    """Cards to pay with."""
    shown = (cards.CARDS[number] for number in cards.OFFERED)
    return [_offer(card, words["cards"][f"{card.now} {card.then}"]) for card in shown]


def offered_for_later(words: dict[str, Any]) -> list[dict[str, str]]:
    """Cards to be charged from now on."""
    shown = (cards.CARDS[number] for number in cards.LATER)
    return [_offer(card, words["later"][card.then]) for card in shown]


def _offer(card: cards.TestCard, means: str) -> dict[str, str]:
    return {"number": card.number, "grouped": card.grouped, "means": means}


def challenge(emulator: Emulator, request: Request, form: dict[str, str]) -> Response:
    """The bank asks whether it is really the customer."""
    with emulator.lock:
        found = by_access_code(emulator, request.path_params["code"])
        if found is None:
            return page(request, "over.html", status=404)
        if found.status != "ongoing":
            return leave(request, found)
        if "approve" in form or "refuse" in form:
            charging.answer_bank(emulator, found, approved="approve" in form)
            return leave(request, found)
    amount = money(found.amount, found.currency, language_of(request))
    return page(request, "challenge.html", amount=amount, reference=found.reference)


def manage(emulator: Emulator, request: Request, form: dict[str, str]) -> Response:
    """Another card for the renewals of a subscription."""
    with emulator.lock:
        found = by_token(emulator, request.path_params["code"])
        if found is None:
            return page(request, "over.html", status=404)
        given = cards.card_of(form.get("card", "")) if request.method == "POST" else None
        if given is not None:
            owner = emulator.world.customers[found.customer]
            found.authorization = charging.authorize(emulator, owner, given).code
    held = emulator.world.authorizations[found.authorization]
    words = WORDS[language_of(request)]
    return page(
        request,
        "manage.html",
        status=400 if request.method == "POST" and given is None else 200,
        card=f"{held.brand.title()} ···· {held.last4}",
        offered=offered_for_later(words),
        changed=given is not None,
        bad_number=request.method == "POST" and given is None,
    )


def leave(request: Request, found: Transaction, *, to: str = "") -> Response:
    """Back to the merchant, with the reference under both of its names; or a page that says it is over."""
    target = to or found.callback_url
    if urlsplit(target).scheme not in ("http", "https"):
        return page(request, "over.html", paid=found.status == "success")
    asked = urlencode({"trxref": found.reference, "reference": found.reference})
    return RedirectResponse(f"{target}{'&' if urlsplit(target).query else '?'}{asked}", status_code=303)


def cancel_address(found: Transaction) -> str:
    given = found.metadata.get("cancel_action", "") if isinstance(found.metadata, dict) else ""
    return given if isinstance(given, str) else ""


def by_access_code(emulator: Emulator, code: str) -> Transaction | None:
    return next((one for one in emulator.world.transactions.values() if one.access_code == code), None)


def by_token(emulator: Emulator, token: str) -> Subscription | None:
    return next((one for one in emulator.world.subscriptions.values() if one.token == token), None)


def money(amount: int, currency: str, language: str) -> str:
    """A currency that is written by its code stands apart from the number: "NGN 1,900.50"."""
    shown = str(format_currency(amount / 100, currency, locale=language))
    return shown.replace(currency, f"{currency}\N{NO-BREAK SPACE}") if shown.startswith(currency) else shown


def language_of(request: Request) -> str:
    """French where the browser names it before English."""
    named = [part.split(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")]
    return next((language for language in named if language in WORDS), "en")


def page(request: Request, name: str, *, status: int = 200, **shown: Any) -> Response:
    language = language_of(request)
    context = Context({"words": WORDS[language], "language": language, **shown})
    return HTMLResponse(ENGINE.get_template(name).render(context), status_code=status, headers=HEADERS)
