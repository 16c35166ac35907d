"""Letting a call through or not, and counting it, in one round trip.

Two buckets are filled: the organisation's, as large as its plan says, and the key's own where it has one.
Each lets its whole size through at once and then refills evenly over a minute. What is counted waits in
Valkey for `billing.calls.flushing`, which also says which limits are reached.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from billing.calls import rates
from billing.calls.valkey import Away, Script, key
from billing.limits import LimitReached, Of
from billing.models import Metric, Window

logger = logging.getLogger(__name__)

WINDOW: Final = 60  # seconds
QUARTER: Final = 900  # seconds: midnight is at the end of one, in whatever time zone
_PAUSE: Final = 2.0  # seconds in which Valkey is not asked again after it was away

_away_until = 0.0


@dataclass(frozen=True, slots=True)
class Call:
    """A request with a key. `per_minute` is the key's own limit; None: the plan's alone."""

    organisation_id: UUID
    user_id: UUID
    key_id: UUID
    address: str
    per_minute: int | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How one bucket stands: `left` of `quota` calls now, all of them in `full_in` seconds."""

    name: str  # "plan" or "key"
    quota: int
    left: int
    full_in: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: let through, or told to wait (seconds), or a limit is reached."""

    paces: tuple[Pace, ...] = ()
    wait: int = 0
    reached: LimitReached | None = None


def take(call: Call) -> Taken:
    """Where Valkey is away the call goes through, uncounted; the log says so."""
    global _away_until  # noqa: PLW0603 - of the process
    if time.monotonic() < _away_until:
        return Taken()
    quota, own = rates.per_minute(call.organisation_id), call.per_minute or 0
    try:
        answer = _TAKE(_keys(call), *_arguments(call, quota, own))
    except Away as error:
        _away_until = time.monotonic() + _PAUSE
        logger.warning("calls are neither limited nor counted: %s", error)
        return Taken()
    return _taken(answer, quota, own)


def _keys(call: Call) -> tuple[str, ...]:
    organisation, own = call.organisation_id.hex, call.key_id.hex
    return (key("counts"), key("used"), key("reached"), key(f"pace:{organisation}"), key(f"pace:{own}"))


def _arguments(call: Call, quota: int, own: int) -> tuple[str | int, ...]:
    person = f"{call.organisation_id.hex}:{call.user_id.hex}"
    counted = f"{person}:{int(time.time() // QUARTER)}"
    return call.organisation_id.hex, person, counted, call.key_id.hex, call.address, quota, own


def _taken(answer: list[Any], quota: int, own: int) -> Taken:
    if answer[0] == "reached":
        return Taken(reached=as_reached(answer[1]))
    _word, wait, left, full_in, own_left, own_full_in = answer
    paces: tuple[Pace, ...] = (Pace("plan", quota, left, full_in),)
    if own:
        paces += (Pace("key", own, own_left, own_full_in),)
    return Taken(paces, wait)


def as_text(reached: LimitReached) -> str:
    """For Valkey, until `as_reached` is asked for the words."""
    day = reached.renewed_on.isoformat() if reached.renewed_on else None
    return json.dumps([reached.limit, day, reached.of.value, reached.window.value])


def as_reached(text: str) -> LimitReached:
    limit, day, of, window = json.loads(text)
    return LimitReached(
        metric=Metric.API_CALLS,
        limit=limit,
        left=0,
        renewed_on=date.fromisoformat(day) if day else None,
        of=Of(of),
        window=Window(window),
    )


# A bucket keeps the moment (ms) at which it will be full again: a generic cell rate algorithm.
_TAKE = Script("""
local reached = redis.call('HMGET', KEYS[3], ARGV[1], ARGV[2])
if reached[1] or reached[2] then return {'reached', reached[1] or reached[2]} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function look(bucket, quota)
    local full_at = math.max(tonumber(redis.call('GET', bucket) or '0'), now)
    local each = 60000 / quota
    return full_at - now + each, each
end
local quota, own = tonumber(ARGV[6]), tonumber(ARGV[7])
local after, each = look(KEYS[4], quota)
local own_after, own_each = 0, 1
if own > 0 then own_after, own_each = look(KEYS[5], own) end
local wait = math.max(after, own_after) - 60000
if wait > 0.5 then
    after, own_after = after - each, own_after - own_each
else
    redis.call('SET', KEYS[4], string.format('%.3f', now + after), 'PX', math.ceil(after))
    if own > 0 then
        redis.call('SET', KEYS[5], string.format('%.3f', now + own_after), 'PX', math.ceil(own_after))
    end
    redis.call('HINCRBY', KEYS[1], ARGV[3], 1)
    redis.call('HSET', KEYS[2], ARGV[4], time[1] .. ' ' .. ARGV[5])
    wait = 0
end
local function left(used, one) return math.max(0, math.floor((60000 - used) / one + 0.001)) end
return {'paced', math.ceil(wait / 1000), left(after, each), math.ceil(after / 1000),
        left(own_after, own_each), math.ceil(own_after / 1000)}
""")
