"""The states of a move, and which may follow which."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Now

from tenants.context import in_public
from tenants.models import Move, MoveState

# One that was killed begins again: nothing it has copied is of use without the log of changes since.
ALLOWED: dict[MoveState, tuple[MoveState, ...]] = {
    MoveState.COPYING: (
        MoveState.WAITING,
        MoveState.COPYING,
        MoveState.CATCHING_UP,
        MoveState.SWITCHING,
    ),
    MoveState.CATCHING_UP: (MoveState.COPYING, MoveState.SWITCHING),
    MoveState.SWITCHING: (MoveState.CATCHING_UP,),
    MoveState.MOVED: (MoveState.SWITCHING,),
    MoveState.FAILED: (
        MoveState.WAITING,
        MoveState.COPYING,
        MoveState.CATCHING_UP,
        MoveState.SWITCHING,
    ),
}


class WrongState(RuntimeError):
    """The move is not in a state from which this follows; somebody else has changed it."""


def change_state(move: Move, to: MoveState, **fields: Any) -> None:
    """Raises `WrongState`."""
    with in_public():
        changed = Move.objects.filter(pk=move.pk, state__in=ALLOWED[to]).update(
            state=to, changed_at=Now(), **fields
        )
    if not changed:
        raise WrongState(f"the move of {move.organisation_id} is no longer what it was")
    move.state = to
    for name, value in fields.items():
        setattr(move, name, value)
