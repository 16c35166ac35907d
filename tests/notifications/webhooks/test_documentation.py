"""docs/integrators/webhooks.md says what is so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import override

from notifications.webhooks.catalogue import CATALOGUE
from notifications.webhooks.claiming import AT_ONCE
from notifications.webhooks.dispatching import dispatch
from notifications.webhooks.endpoints import MOST, secret_of
from notifications.webhooks.events import emit_test
from notifications.webhooks.forgetting import KEPT
from notifications.webhooks.schedule import WAITS
from notifications.webhooks.sending import DEADLINE
from notifications.webhooks.settling import PATIENCE
from notifications.webhooks.signing import OVERLAP

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "integrators" / "webhooks.md").read_text()


def test_each_event_stands_there_with_its_example():
    shown = re.findall(r"### (\S+)\n\n([^\n]+)\n\n```json\n(.+?)\n```", PAGE, re.DOTALL)
    with override("en"):
        known = [(one.name, str(one.when), one.example) for one in CATALOGUE]
    host = "https://octavo.example"
    told = [
        (name, when, json.loads(example.replace(host, settings.PUBLIC_URL))) for name, when, example in shown
    ]
    assert [(name, when, said["data"]) for name, when, said in told] == known
    assert all(
        said.keys() == {"type", "timestamp", "data"} and said["type"] == name for name, _, said in told
    )


def test_its_code_takes_our_messages_and_no_others(endpoint, receiver, by):
    made: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL):
        exec(code, made)
    emit_test(endpoint)
    dispatch()
    secret, received = secret_of(endpoint_id=endpoint.pk, by=by), receiver.received[0]
    assert made["receive"](received.body, received.headers, secret)["type"] == "webhook.test"
    assert made["is_ours"](received.body, received.headers, secret)
    assert not made["is_ours"](received.body + b" ", received.headers, secret)
    assert not made["is_ours"](received.body, {**received.headers, "webhook-timestamp": "1"}, secret)


def test_its_numbers_are_ours():
    minutes = [wait.total_seconds() / 60 for wait in WAITS]
    assert minutes == [5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440]
    for said in (
        f"within {DEADLINE:.0f} seconds",
        f"At most {AT_ONCE} requests",
        f"kept for {KEPT.days} days",
        f"have {MOST} endpoints",
        f"for {OVERLAP.total_seconds() / 3600:.0f} hours",
    ):
        assert said in PAGE, said
    assert PATIENCE.days == 5 and "five days in which nothing arrived" in PAGE
