"""People and organisations."""

from __future__ import annotations

from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.conf import settings
from factory.django import DjangoModelFactory

from tenants.accounts.models import User
from tenants.models import Membership, Organisation
from tenants.schemas.artifact import migrations_hash
from tenants.schemas.provisioning import create_organisation
from tenants.signals import organisation_created

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory):
    """Somebody with a confirmed address, who signs in with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.Sequence(lambda number: f"person{number}@people.example")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def confirmed(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class OrganisationFactory(DjangoModelFactory):
    """An organisation with its schema; `ready_schema` names one that exists already."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Organisation {number}")
    slug = factory.Sequence(lambda number: f"organisation-{number}")

    @classmethod
    def _create(cls, model_class: type[Organisation], *args: Any, **fields: Any) -> Organisation:
        ready_schema = fields.pop("ready_schema", None)
        if ready_schema is None:
            return create_organisation(owner=fields.pop("owner", None), **fields)
        fields.setdefault("alias", settings.OCTAVO_PLACE_NEW or "default")
        made = Organisation(schema_name=ready_schema, schema_state=migrations_hash(), **fields)
        made.save(force_insert=True)
        organisation_created.send(sender=Organisation, organisation=made)
        return made


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
