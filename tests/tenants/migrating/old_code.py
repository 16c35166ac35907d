"""Old code beside new: what processes of the release before do, on tables that have been migrated already.

Rules find what can be told from the operations; `Rows` writes, reads and deletes by the models of the state
before a migration. A migration that takes away what only older releases used says so:
`contracts = "0.9"`, the first release that no longer used it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.migrations import Migration, operations
from django.db.migrations.state import ProjectState

# --- What the operations tell ------------------------------------------------------------------------


def broken_promises(migration: Migration, before: ProjectState) -> list[str]:
    """What old code would not survive, and what to do instead."""
    if getattr(migration, "contracts", ""):
        return []
    state, found = before.clone(), []
    for operation in migration.operations:
        if not _is_about_a_new_table(operation, migration.app_label, before):
            found += _of_operation(operation, migration.app_label, state)
        operation.state_forwards(migration.app_label, state)
    return [f"{migration.app_label}.{migration.name}: {words}" for words in found]


def _is_about_a_new_table(operation: Any, label: str, before: ProjectState) -> bool:
    """Which old code does not know: whatever is done with it."""
    model = getattr(operation, "model_name_lower", None)
    return model is not None and (label, model) not in before.models


_LATER = 'first release code that no longer uses it, then say `contracts = "<that release>"` in the migration'


def _of_operation(operation: Any, label: str, state: ProjectState) -> Iterator[str]:
    match operation:
        case operations.SeparateDatabaseAndState():
            for inner in operation.database_operations:
                yield from _of_operation(inner, label, state)
        case operations.RemoveField():
            yield f"old code reads {operation.model_name}.{operation.name}: {_LATER}"
        case operations.DeleteModel():
            yield f"old code uses {operation.name}: {_LATER}"
        case operations.RenameField() | operations.RenameModel() | operations.AlterModelTable():
            yield (
                f"old code knows the old name ({operation.describe()}): add the new one, copy, and remove the"
                " old one in a later release (or keep the column's or table's name by db_column, db_table)"
            )
        case operations.AddField():
            if _must_be_given(operation.field):
                yield (
                    f"old code writes no {operation.model_name}.{operation.name}: give it a db_default, or"
                    " let it be null"
                )
        case operations.AlterField():
            yield from _of_change(operation, label, state)
        case operations.AddConstraint():
            yield f"old code may write what {operation.constraint.name} forbids: {_LATER}"
        case operations.AlterUniqueTogether() if operation.option_value:
            yield f"old code may write {operation.name} twice: {_LATER}"


def _of_change(operation: Any, label: str, state: ProjectState) -> Iterator[str]:
    old = state.models[label, operation.model_name_lower].fields[operation.name]
    new, name = operation.field, f"{operation.model_name}.{operation.name}"
    if old.null and _must_be_given(new):
        yield f"old code may write nothing into {name}: give it a db_default, or {_LATER}"
    elif old.has_db_default() and _must_be_given(new):
        yield f"old code may leave out {name}, which loses its db_default: {_LATER}"
    if _column(old, operation.name) != _column(new, operation.name):
        yield f"old code knows the old column of {name}: keep it"
    if new.max_length and (old.max_length or 0) > new.max_length:
        yield f"old code may write up to {old.max_length} characters into {name}: {_LATER}"
    if new.unique and not old.unique:
        yield f"old code may write {name} twice: {_LATER}"


def _column(field: Any, name: str) -> str:
    return field.db_column or (f"{name}_id" if field.remote_field else name)


def _must_be_given(field: Any) -> bool:
    if field.many_to_many or getattr(field, "generated", False) or field.null:
        return False
    return not field.has_db_default() and not isinstance(field, models.AutoField)


# --- What its statements do --------------------------------------------------------------------------


def touched(migration: Migration, before: ProjectState) -> list[str]:
    """Models of the state before whose tables the migration changes, by lower-case name.

    Those of the whole app where SQL or Python of one's own is run: nobody knows what that changes.
    """
    known = {name for label, name in before.models if label == migration.app_label}
    names: set[str] = set()
    for operation in migration.operations:
        for each in getattr(operation, "database_operations", None) or [operation]:
            named = [getattr(each, attribute, None) for attribute in _NAMING]
            names |= {name for name in named if name} if any(named) else known
    return sorted(names & known)


_NAMING = ("model_name_lower", "name_lower", "old_name_lower")


class OldCodeFails(AssertionError):
    """The code of the release before would raise on the migrated tables."""


def use(migration: Migration, before: ProjectState, *, using: str = "default") -> int:
    """Insert, read, change and delete a row of each touched model; gives their number. Nothing stays."""
    names = touched(migration, before)
    for name in names:
        model = before.apps.get_model(migration.app_label, name)
        try:
            with transaction.atomic(using=using):
                _use(model, using)
                transaction.set_rollback(True, using=using)
        except Exception as error:
            raise OldCodeFails(
                f"{migration.app_label}.{migration.name} breaks old {name}: {error}"
            ) from error
    return len(names)


def _use(model: Any, using: str) -> None:
    rows = model._base_manager.using(using)
    row = model(**dict(_values(model)))
    row.save(force_insert=True, using=using)
    again = rows.get(pk=row.pk)
    again.save(force_update=True, using=using)
    rows.filter(pk=row.pk)._raw_delete(using)


def _values(model: Any) -> Iterator[tuple[str, Any]]:
    """Something for whatever has to be given. Rows referred to need not exist: nothing is committed."""
    for field in model._meta.concrete_fields:
        given = field.has_default() or field.has_db_default() or field.null or field.generated
        if not given and not isinstance(field, models.AutoField):
            yield field.attname, _value(field)


def _value(field: Any) -> Any:
    if field.remote_field:
        return _value(field.target_field)
    if field.choices:
        return field.choices[0][0]
    for kinds, value in _EXAMPLES:
        if isinstance(field, kinds):
            return value[: field.max_length] if isinstance(value, str) else value
    raise TypeError(f"no example for {field!r}: add one to _EXAMPLES")


_EXAMPLES: list[tuple[Any, Any]] = [
    (models.UUIDField, uuid.UUID(int=7)),
    (models.BooleanField, True),
    (models.DecimalField, Decimal(1)),
    ((models.IntegerField, models.FloatField), 1),
    (models.DateTimeField, datetime(2026, 1, 1, tzinfo=UTC)),
    (models.DateField, date(2026, 1, 1)),
    (models.DurationField, timedelta(1)),
    (models.JSONField, {}),
    (models.BinaryField, b"x"),
    (models.GenericIPAddressField, "127.0.0.1"),
    ((models.CharField, models.TextField), "example"),
]
