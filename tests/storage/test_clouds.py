"""What every cloud must do, each against a server that speaks its protocol and checks keys and signatures."""

from __future__ import annotations

import io
import os
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from storage import places
from storage.places import About, Missing, Place, PlaceFault, Refused, Unavailable, contract
from storage.places.contract import fault_by
from tests.storage.conftest import CLOUDS, Service, use

BOOK = b"%PDF " + bytes(range(256)) * 40
LARGE = os.urandom(1024) * 12 * 1024  # 12 MiB: sent in parts


def about(data: bytes, name: str = "Bücher.pdf") -> About:
    return About(name, "application/pdf", len(data), sha256(data).hexdigest())


def put(place: Place, data: bytes = BOOK) -> str:
    key = f"t_tests/{uuid4().hex}.pdf"
    place.put(key, io.BytesIO(data), about(data))
    return key


def got(place: Place, key: str, start: int, end: int) -> bytes:
    return b"".join(place.stream(key, start=start, end=end))


@pytest.mark.parametrize("name", CLOUDS)
def test_servers_of_one_kind_stand_side_by_side(clouds: Any, tmp_path: Path, name: str) -> None:
    """As they do where several processes run the tests."""
    clouds(name)
    CLOUDS[name](tmp_path).stop()


@pytest.mark.parametrize("data", [BOOK, LARGE, b""], ids=["small", "in parts", "empty"])
def test_what_is_put_comes_back(service: Service, data: bytes) -> None:
    key = put(service.place, data)
    assert got(service.place, key, 0, len(data)) == data
    lying = service.place.stat(key)
    assert lying is not None
    assert (lying.key, lying.size) == (key, len(data))
    assert abs(datetime.now(UTC) - lying.modified) < timedelta(minutes=1)


def test_part_of_it_is_read_alone(service: Service) -> None:
    key = put(service.place, LARGE)
    for start, end in ((0, 1), (5_000_000, 9_000_000), (len(LARGE) - 10, len(LARGE))):
        assert got(service.place, key, start, end) == LARGE[start:end]


def test_it_can_be_read_in_any_order(service: Service) -> None:
    key = put(service.place)
    with service.place.seekable(key, size=len(BOOK)) as file:
        file.seek(5)
        assert file.read(3) == BOOK[5:8]


def test_what_is_not_there_is_missing(service: Service) -> None:
    assert service.place.stat("t_tests/nothing") is None
    with pytest.raises(Missing):
        got(service.place, "t_tests/nothing", 0, 10)
    service.place.remove("t_tests/nothing")


def test_everything_under_a_prefix_is_listed_in_order_and_removed(service: Service) -> None:
    prefix = f"t_{uuid4().hex}"
    keys = [f"{prefix}/{name}" for name in ("0a/1.pdf", "0a/2", "ff/0.pdf")]
    for key in reversed(keys):
        service.place.put(key, io.BytesIO(BOOK), about(BOOK))
    service.place.put(f"{prefix}-other/1", io.BytesIO(BOOK), about(BOOK))
    assert [(one.key, one.size) for one in service.place.listing(prefix)] == [(k, len(BOOK)) for k in keys]
    service.place.empty(prefix)
    assert list(service.place.listing(prefix)) == []
    assert service.place.stat(f"{prefix}-other/1") is not None


def test_signed_link_opens_without_us(service: Service) -> None:
    link = service.place.link(put(service.place), about(BOOK), attached=True, seconds=300)
    assert link is not None
    answer = httpx.get(link)
    assert (answer.status_code, answer.content) == (200, BOOK)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''B%C3%BCcher.pdf"
    part = httpx.get(link, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, BOOK[5:10])


def test_signed_link_opens_nothing_else(service: Service) -> None:
    key, other = put(service.place), put(service.place, b"another book")
    link = str(service.place.link(key, about(BOOK), attached=True, seconds=300))
    assert httpx.get(link.replace(key, other)).status_code == 403
    assert httpx.get(re.sub("application(%2F|/)pdf", "text/html", link)).status_code == 403
    assert httpx.put(link, content=b"mine").status_code in (400, 403, 405)
    assert got(service.place, key, 0, len(BOOK)) == BOOK


def test_signed_link_ends(service: Service) -> None:
    link = str(service.place.link(put(service.place), about(BOOK), attached=True, seconds=-1))
    assert httpx.get(link).status_code in (400, 403)


def test_wrong_key_is_refused_in_words(service: Service, settings: Any, monkeypatch: Any) -> None:
    key = put(service.place)
    use(settings, monkeypatch, service.cloud.with_wrong_key)
    place = places.named(places.DEFAULT)
    for attempt in (
        lambda: place.put(key, io.BytesIO(b"mine"), about(b"mine")),
        lambda: got(place, key, 0, 1),
        lambda: place.remove(key),
        lambda: list(place.listing("t_tests")),
    ):
        with pytest.raises(Refused, match=r"\w+"):
            attempt()
    link = str(place.link(key, about(BOOK), attached=True, seconds=300))
    assert httpx.get(link).status_code == 403
    assert got(service.place, key, 0, len(BOOK)) == BOOK


@pytest.mark.parametrize("data", [BOOK * 100, LARGE], ids=["in one", "in parts"])
def test_upload_that_is_cut_leaves_nothing_and_can_be_repeated(
    service: Service, impatient: None, data: bytes
) -> None:
    place, wire = service.place, service.cloud.wire
    key = f"t_cut/{uuid4().hex}.pdf"
    place.stat(key)  # the key is known before the wire is cut
    wire.cut_after, before = min(len(data) // 3, 3_000_000), wire.broken
    with pytest.raises(Unavailable):
        place.put(key, io.BytesIO(data), about(data))
    assert wire.broken > before
    wire.cut_after = None
    assert place.stat(key) is None
    assert key not in [one.key for one in place.listing("t_cut")]
    place.put(key, io.BytesIO(data), about(data))
    assert got(place, key, 0, len(data)) == data


def test_upload_that_is_cut_once_goes_on(service: Service, impatient: None) -> None:
    wire, before = service.cloud.wire, service.cloud.wire.broken
    wire.cut_after, wire.cuts = 3_000_000, 1
    key = put(service.place, LARGE)
    assert wire.broken == before + 1
    assert got(service.place, key, 0, len(LARGE)) == LARGE


def test_download_that_is_cut_goes_on_where_it_was(service: Service, impatient: None) -> None:
    key, wire = put(service.place, LARGE), service.cloud.wire
    before = wire.broken
    wire.cut_answers_after, wire.cuts = 700_000, 2
    assert got(service.place, key, 0, len(LARGE)) == LARGE
    assert wire.broken == before + 2


def test_download_that_is_cut_for_good_says_so(service: Service, impatient: None) -> None:
    key = put(service.place, LARGE)
    service.cloud.wire.cut_answers_after = 0
    with pytest.raises(Unavailable):
        got(service.place, key, 0, len(LARGE))


def test_many_at_once(service: Service) -> None:
    data = [bytes([number]) * 100_000 for number in range(16)]
    with ThreadPoolExecutor(8) as crew:
        keys = list(crew.map(lambda one: put(service.place, one), data))
        back = list(crew.map(lambda key: got(service.place, key, 0, 100_000), keys))
    assert back == data


def test_large_upload_is_not_held_whole(service: Service) -> None:
    """No read asks for more than a part, nor are more than a few parts in hand."""
    asked: list[int] = []

    class Reading(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            asked.append(-1 if size is None else size)
            return super().read(size)

    service.place.put(f"t_tests/{uuid4().hex}", Reading(LARGE), about(LARGE))
    assert 0 < max(asked) <= contract.PART
    assert min(asked) >= 0


def test_uploads_that_nobody_will_finish_are_forgotten(service: Service) -> None:
    place, later = service.place, datetime.now(UTC) + timedelta(minutes=1)
    client = getattr(place, "_client", None)
    if hasattr(client, "create_multipart_upload"):  # the others let go by themselves
        client.create_multipart_upload(Bucket="octavo", Key="t_left/part")
        assert place.forget_unfinished("t_left", before=datetime(2020, 1, 1, tzinfo=UTC)) == 0
        assert place.forget_unfinished("t_left", before=later) == 1
    assert place.forget_unfinished("t_left", before=later) == 0
    with suppress(Missing):
        assert place.stat("t_left/part") is None


def test_bucket_is_made_once(service: Service) -> None:
    assert service.place.prepare() == ""


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (0, Unavailable),
        (408, Unavailable),
        (429, Unavailable),
        (503, Unavailable),
        (400, Refused),
        (403, Refused),
    ],
)
def test_statuses_tell_what_may_pass_by_itself(status: int, fault: type[PlaceFault]) -> None:
    assert type(fault_by(status, "no")) is fault
