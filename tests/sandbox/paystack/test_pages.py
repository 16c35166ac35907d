"""The hosted pages: paying, failing, being asked by the bank, giving up, changing the card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from sandbox.paystack import cards, charging, renewing
from sandbox.paystack.records import Plan, Transaction
from tests.emulators.paystack import PaystackServer

BACK = "https://acme.example/return/?from=page"


@pytest.fixture
def begun(paystack: PaystackServer) -> Transaction:
    return charging.begin(
        paystack,
        email="ada@acme.example",
        amount=190_050,
        currency="NGN",
        reference="oct-1",
        callback_url=BACK,
        metadata={"cancel_action": "https://acme.example/given-up/"},
    )


@pytest.fixture
def browser(paystack: PaystackServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=paystack.url, headers={"accept-language": "en-GB,fr;q=0.5"}) as client:
        yield client


def address(begun: Transaction) -> str:
    return f"/checkout/{begun.access_code}"


def went_back(answer: httpx.Response) -> tuple[str, dict[str, list[str]]]:
    assert answer.status_code == 303
    parts = urlsplit(answer.headers["location"])
    return f"{parts.scheme}://{parts.netloc}{parts.path}", parse_qs(parts.query)


def test_the_page_says_what_is_paid_and_that_no_money_moves(
    browser: httpx.Client, begun: Transaction
) -> None:
    page = browser.get(address(begun))
    assert page.status_code == 200
    assert "Sandbox: no money moves." in page.text
    assert "NGN\N{NO-BREAK SPACE}1,900.50" in page.text and "ada@acme.example" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    french = browser.get(address(begun), headers={"accept-language": "fr-FR,fr;q=0.9,en;q=0.8"})
    assert "aucun argent ne circule" in french.text and 'lang="fr"' in french.text


@pytest.mark.parametrize("card", [cards.GOOD, "4084 0840 8408 4081", "4242424242424242"])
def test_a_good_card_pays_and_leads_back(browser: httpx.Client, begun: Transaction, card: str) -> None:
    answer = browser.post(address(begun), data={"card": card})
    assert went_back(answer) == (
        "https://acme.example/return/",
        {"from": ["page"], "trxref": ["oct-1"], "reference": ["oct-1"]},
    )
    assert begun.status == "success"
    assert went_back(browser.get(address(begun)))[0] == "https://acme.example/return/"
    browser.post(address(begun), data={"card": "4084080000005408"})
    assert begun.status == "success"


@pytest.mark.parametrize(
    ("card", "words"),
    [("4084080000005408", "the bank declined it"), ("4084080000670037", "not enough money on the card")],
)
def test_a_bad_card_says_why_and_may_be_changed(
    browser: httpx.Client, begun: Transaction, card: str, words: str
) -> None:
    again = browser.post(address(begun), data={"card": card}, follow_redirects=True)
    assert words in again.text
    assert begun.status == "failed"
    browser.post(address(begun), data={"card": cards.GOOD})
    assert begun.status == "success"


@pytest.mark.parametrize("card", ["", "1234", "4084084084084082", "x" * 50, "4084" * 6])
def test_nonsense_is_no_card(browser: httpx.Client, begun: Transaction, card: str) -> None:
    answer = browser.post(address(begun), data={"card": card})
    assert answer.status_code == 400 and "not the number of a card" in answer.text
    assert begun.status == "abandoned"


@pytest.mark.parametrize(("answer", "status"), [("approve", "success"), ("refuse", "failed")])
def test_the_bank_asks_first(browser: httpx.Client, begun: Transaction, answer: str, status: str) -> None:
    asked = browser.post(address(begun), data={"card": "4084080000000409"}, follow_redirects=True)
    assert "Your bank asks" in asked.text and begun.status == "ongoing"
    back = browser.post(asked.url.path, data={answer: "1"})
    assert went_back(back)[1]["reference"] == ["oct-1"]
    assert begun.status == status


def test_giving_up_leads_back_and_leaves_it_open(browser: httpx.Client, begun: Transaction) -> None:
    assert (
        went_back(browser.post(address(begun), data={"cancel": "1"}))[0] == "https://acme.example/given-up/"
    )
    assert begun.status == "abandoned"


@pytest.mark.parametrize("target", ["javascript:alert(1)", "", "ftp://acme.example/"])
def test_only_web_addresses_are_gone_to(browser: httpx.Client, begun: Transaction, target: str) -> None:
    begun.callback_url, begun.metadata = target, {"cancel_action": target}
    answer = browser.post(address(begun), data={"card": cards.GOOD})
    assert answer.status_code == 200 and "Thank you: it is paid." in answer.text


@pytest.mark.parametrize("path", ["/checkout/nothing", "/challenge/nothing", "/manage/nothing"])
def test_what_is_not_there_is_over(browser: httpx.Client, paystack: PaystackServer, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404 and "nothing to pay here" in answer.text


def test_the_card_of_renewals_is_changed(
    browser: httpx.Client, paystack: PaystackServer, begun: Transaction
) -> None:
    browser.post(address(begun), data={"card": cards.GOOD})
    made = renewing.begin(
        paystack,
        customer=begun.customer,
        plan=plan(paystack).code,
        held=paystack.world.authorizations[begun.authorization],
        first_at=paystack.now() + timedelta(days=5),
    )
    page = f"/manage/{made.token}"
    assert "Visa ···· 4081" in browser.get(page).text
    changed = browser.post(page, data={"card": "5531886652142950"})
    assert "Mastercard ···· 2950" in changed.text and "From now on this card is charged." in changed.text
    assert browser.post(page, data={"card": "1"}).status_code == 400
    paystack.advance(timedelta(days=5))
    latest = list(paystack.world.transactions.values())[-1]
    assert paystack.world.authorizations[latest.authorization].last4 == "2950"


def plan(paystack: PaystackServer) -> Plan:
    now = paystack.now()
    times: dict[str, Any] = {"created_at": now, "updated_at": now}
    made = Plan(id=1, code="PLN_1", name="Starter", amount=1900, currency="NGN", interval="monthly", **times)
    paystack.world.plans[made.code] = made
    return made


def test_what_was_paid_is_listed(browser: httpx.Client, begun: Transaction) -> None:
    assert "oct-1" in browser.get("/").text
