"""Lists of what is one's own: they stay as they are when others have something too."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from books.models import Book, Chapter
from notifications.models import EmailPace, Preference
from tenants.accounts.models import User
from tenants.context import entered
from tests.conftest import HostClient
from tests.isolation.audiences import AUTHOR, MEMBER, OWNER
from tests.isolation.matrix import Matrix


def exports_hold_ones_own(matrix: Matrix) -> Iterator[str]:
    """What somebody else has connected, registered and opened changes nothing of one's own export."""
    browser = HostClient().sign_in(matrix.cast.people[MEMBER])
    before = _export(browser)
    _give_everything(matrix.other.people[AUTHOR])
    if _export(browser) != before:
        yield "it holds what is somebody else's"


def exports_hold_ones_own_texts(matrix: Matrix) -> Iterator[str]:
    """One's own book brings none of the chapters of others."""
    member = matrix.cast.people[MEMBER]
    with entered(matrix.cast.organisation):
        own = Book.objects.create(title="Own", author=member, status=Book.Status.READY, kind="guide")
        Chapter.objects.create(book=own, number=1, title="Of my own", text="Mine.")
    texts = [text for name, text in _packed(HostClient().sign_in(member)) if name.endswith(".md")]
    if not any(b"Mine." in text for text in texts):
        yield "one's own text is missing"
    if any(matrix.cast.secret.encode() in text for text in texts):
        yield "it holds the text of a book of somebody else's"


def wishes_are_ones_own(matrix: Matrix) -> Iterator[str]:
    """The boxes of the profile show one's own wishes."""
    browser = HostClient(matrix.cast.organisation).sign_in(matrix.cast.people[MEMBER])
    before = browser.get("/profile/").content.count(b" checked")
    _give_everything(matrix.other.people[AUTHOR])
    if browser.get("/profile/").content.count(b" checked") != before:
        yield "they show somebody else's"


def those_to_choose_from_belong_here(matrix: Matrix) -> Iterator[str]:
    """Whoever is put in a group is looked for among the organisation's own people."""
    browser = HostClient(matrix.cast.organisation).sign_in(matrix.cast.people[OWNER])
    address = f"/people/groups/{matrix.cast.values['group_id']}/add/"
    stranger = matrix.other.people[OWNER]
    if stranger.name.encode() in browser.get(address, {"q": matrix.other.surname}).content:
        yield f"{stranger.name} is offered"


def _export(browser: HostClient) -> dict[str, Any]:
    """How many of each kind are in it, and what there is one of."""
    account = json.loads(next(text for name, text in _packed(browser) if name.endswith("account.json")))
    return {kind: len(told) if isinstance(told, list) else told for kind, told in account.items()}


def _packed(browser: HostClient) -> list[tuple[str, bytes]]:
    response = browser.post("/account/export/")
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as packed:
        return [(name, packed.read(name)) for name in packed.namelist()]


def _give_everything(user: User) -> None:
    EmailAddress.objects.create(user=user, email="another@other.example")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    SocialAccount.objects.create(user=user, provider="google", uid="1")
    UserSession.objects.create(user=user, ip="127.0.0.2", session_key="another", user_agent="Owl/1")
    EmailPace.objects.create(user=user)
    Preference.objects.create(user=user, kind="book.finished", in_app=False, by_email=False)
