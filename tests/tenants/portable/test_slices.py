"""Every shared model has its line, and the lines are about what there is."""

from __future__ import annotations

from django.apps import apps
from django.db.models import ForeignKey

from tenants.models import Organisation
from tenants.portable.erasing import ALSO
from tenants.portable.slices import KEPT, LEFT_OUT, RECORDS, RESTORED, SECRETS
from tenants.portable.tables import own_models
from tenants.scopes import Scope, scope_of


def shared() -> set[str]:
    return {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if scope_of(model._meta.app_label) is Scope.SHARED and not model.__module__.startswith("tests.")
    }


def test_every_shared_model_is_exported_or_left_out_with_a_reason() -> None:
    """One that is new: decide in tenants/portable/slices.py whether it travels."""
    assert shared() == RESTORED.keys() | RECORDS.keys() | LEFT_OUT.keys()
    assert not RESTORED.keys() & RECORDS.keys() | LEFT_OUT.keys() & (RESTORED.keys() | RECORDS.keys())


def test_whatever_leads_to_an_organisation_is_asked_when_it_is_erased() -> None:
    known = RESTORED.keys() | RECORDS.keys() | ALSO.keys()
    leading = {
        model._meta.label
        for model in map(apps.get_model, shared())
        for one in model._meta.concrete_fields
        if one.attname == "organisation_id"
        or (isinstance(one, ForeignKey) and one.related_model in (Organisation, *map(apps.get_model, known)))
    }
    assert leading <= known | {"billing.Plan"}
    assert KEPT.keys() <= RECORDS.keys()


def test_no_secret_travels() -> None:
    secret = ("sealed", "secret", "token", "digest", "password", "authorization")
    for label, one in (RESTORED | RECORDS).items():
        for field in apps.get_model(label)._meta.concrete_fields:
            if any(word in field.column for word in secret) and label != "tenants.ClaimedDomain":
                assert field.column in one.instead or "tokens" in field.column, f"{label}.{field.column}"
    for model in own_models().values():
        for field in model._meta.concrete_fields:
            if field.column.startswith("sealed"):
                assert field.column in SECRETS[model._meta.label]
