"""By whose example what a group of organisations needs is recorded."""

from __future__ import annotations

from typing import Final

from django.db import DatabaseError

from tenants.migrating.away import in_words, opened
from tenants.migrating.recording import MigrationFails, Recording, record
from tenants.migrating.states import Group
from tenants.schemas.catalog import NotRepresentable

_EXAMPLES: Final = 20  # organisations at most whose schemas are tried
_FAILING: Final = 3  # of them are enough where the migration fails


class NoExample(RuntimeError):
    """No schema of those that need the same could be copied and migrated; the message says why."""


def recorded_for(group: Group) -> Recording:
    """What the group needs, by the example of one: not of one being moved, whose schema has triggers.

    Raises `NoExample`, `ServerAway`, and `NotReplayable`.
    """
    fails: list[str] = []
    others: list[str] = []
    for member in group.members[:_EXAMPLES]:
        try:
            return record(member.as_current(), group.applied)
        except MigrationFails as error:  # perhaps by what somebody has changed in this one
            opened(group.alias).close()
            fails.append(str(error))
            if len(fails) == _FAILING:
                break
        except NotRepresentable as error:
            others.append(f"its schema is being moved, or holds something that was added: {error}")
        except DatabaseError as error:
            opened(group.alias).close()
            others.append(f"its schema cannot be copied: {in_words(error.__cause__ or error)}")
    raise NoExample([*fails, *others][0])
