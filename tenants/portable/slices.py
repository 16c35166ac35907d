"""What of the shared tables is an organisation's, and what of it travels: one line for every shared model.

    RESTORED  is written into an archive and from there into the tables of whoever imports it
    RECORDS   is written into an archive for whoever reads it, and not imported: the reason says why
    LEFT_OUT  stays where it is: the reason says why

A shared model without a line fails `tests/tenants/portable/test_slices.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q
from django.db.models.query import QuerySet

OF_ORGANISATION: Final = ("organisation",)


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one shared table that are an organisation's.

    `ways` are the look-ups that lead from a row to its organisation. `instead` gives SQL for columns that do
    not travel as they are, such as secrets. `anew` are values that columns have after an import. With
    `named`, rows are referred to by id from elsewhere than foreign keys. `with_its_id`: imported only where
    the organisation keeps its id. `unless_set`: rows in which that column is set are not imported. A row
    whose `needs` lead to nobody here is not either, though these columns may be empty.
    """

    ways: tuple[str, ...] = OF_ORGANISATION
    instead: Mapping[str, str] = field(default_factory=dict)
    anew: Mapping[str, Any] = field(default_factory=dict)
    named: bool = False
    with_its_id: bool = False
    unless_set: str = ""
    needs: tuple[str, ...] = ()
    why_no_import: str = ""

    @property
    def restored(self) -> bool:
        return not self.why_no_import

    def rows(self, model: type[Model], organisation_id: UUID) -> QuerySet[Any]:
        own = Q()
        for way in self.ways:
            own |= Q((way, organisation_id))
        return model._base_manager.filter(own)


RESTORED: Final[dict[str, Slice]] = {
    "tenants.Logo": Slice(),
    "tenants.Tier": Slice(named=True),
    "tenants.Group": Slice(named=True),
    "tenants.Membership": Slice(named=True),
    "tenants.GroupMember": Slice(ways=("group__organisation",)),
    "tenants.ClaimedDomain": Slice(  # to be proven again by its record, one organisation at a time
        named=True, anew={"verified_at": None, "checked_at": None, "failing_since": None, "problem": ""}
    ),
    "tenants.Removal": Slice(with_its_id=True),  # its fingerprints are made with the organisation's id
    "billing.BillingProfile": Slice(),
    "billing.Limit": Slice(  # what the platform has granted beside the plan is the platform's to grant
        ways=("organisation", "tier__organisation", "group__organisation", "membership__organisation"),
        unless_set="organisation_id",
    ),
    "billing.UsageMetric": Slice(needs=("person_id",)),
    "billing.UsageAlert": Slice(),
    "billing.Budget": Slice(anew={"reserved_micros": 0, "unknown_micros": 0}),
    "jobs.Job": Slice(named=True, anew={"reserved_micros": 0}),
    "jobs.Step": Slice(named=True, anew={"owner": "", "lease_until": None}),
    "jobs.StepResult": Slice(ways=("step__organisation",)),
    "webhooks.Endpoint": Slice(  # paused, with a new secret
        named=True,
        instead={"secret": "''", "former_secret": "''", "former_secret_until": "NULL::timestamptz"},
        anew={"state": "PAUSED", "paused_because": "MEMBER"},
    ),
    "insights.ActivityLog": Slice(ways=("organisation_id",)),
}

RECORDS: Final[dict[str, Slice]] = {
    "tenants.Organisation": Slice(ways=("pk",), why_no_import="made anew from the manifest"),
    "tenants.FormerAddress": Slice(why_no_import="addresses lead to the installation that gave them"),
    "tenants.Domain": Slice(ways=("tenant",), why_no_import="a host of its own follows a proven domain"),
    "tenants.Invitation": Slice(why_no_import="links are signed by the installation that made them"),
    "tenants.SingleSignOn": Slice(
        instead={"sealed_secret": "''"}, why_no_import="set up with its secret, which does not travel"
    ),
    "billing.Subscription": Slice(
        instead={"gateway_token": "''", "gateway_code": "''"},
        why_no_import="the plan is that of whoever imports it",
    ),
    "billing.Invoice": Slice(why_no_import="an invoice is its seller's, with a number of theirs"),
    "billing.InvoiceItem": Slice(ways=("invoice__organisation",), why_no_import="as its invoice"),
    "billing.Payment": Slice(instead={"hosted_url": "''"}, why_no_import="was made to another platform"),
    "billing.Refund": Slice(ways=("payment__organisation",), why_no_import="as its payment"),
    "billing.LedgerEntry": Slice(why_no_import="was paid by another platform"),
}

_PLATFORM = "the platform's own"
_PERSON = "a person's, whatever organisations they are in"
_SIGN_IN = "how a person signs in: never leaves the installation"
_PASSING = "passing, and swept after a while"

LEFT_OUT: Final[dict[str, str]] = {
    "tenants.SchemaArtifact": _PLATFORM,
    "tenants.MigrationRun": _PLATFORM,
    "tenants.SchemaMigration": "what became of its schema here",
    "tenants.ReadySchema": _PLATFORM,
    "tenants.StraySchema": _PLATFORM,
    "tenants.Move": "between which servers it moved here",
    "portable.Import": _PLATFORM,
    "portable.Export": "archives that were made of it here, which expire",
    "portable.Erasure": _PLATFORM,
    "accounts.User": "those of its members travel as people, without anything by which they sign in",
    "accounts.Avatar": _PERSON,
    "notifications.Notification": _PERSON,
    "notifications.Preference": _PERSON,
    "notifications.EmailPace": _PERSON,
    "notifications.Letter": _PERSON,
    "billing.Plan": _PLATFORM,
    "billing.PlanPrice": _PLATFORM,
    "billing.Seller": _PLATFORM,
    "billing.TaxRate": _PLATFORM,
    "billing.CallFlush": _PLATFORM,
    "billing.Price": _PLATFORM,
    "billing.PastPrice": _PLATFORM,
    "billing.ExchangeRate": _PLATFORM,
    "billing.GatewayEvent": _PLATFORM,
    "billing.GatewayPlan": _PLATFORM,
    "billing.GatewayAccount": _PLATFORM,
    "billing.PaymentMethod": "charged by the platform's account with its gateway alone",
    "jobs.OrganisationLane": "made by use; how much at once is the platform's to say",
    "jobs.ProviderBreaker": _PLATFORM,
    "contenttypes.ContentType": _PLATFORM,
    "auth.Permission": _PLATFORM,
    "auth.Group_permissions": _PLATFORM,
    "auth.Group": _PLATFORM,
    "sessions.Session": _SIGN_IN,
    "account.EmailAddress": _SIGN_IN,
    "account.EmailConfirmation": _SIGN_IN,
    "mfa.Authenticator": _SIGN_IN,
    "usersessions.UserSession": _SIGN_IN,
    "socialaccount.SocialApp": _PLATFORM,
    "socialaccount.SocialAccount": _SIGN_IN,
    "socialaccount.SocialToken": _SIGN_IN,
    "api.KeptAnswer": _PASSING,
    "api_keys.ApiKey": "a secret that programs hold: made anew where it is imported",
    "api_keys.LoggedRequest": _PASSING,
    "webhooks.Event": _PASSING,
    "webhooks.Delivery": _PASSING,
    "webhooks.Attempt": _PASSING,
}

# In the organisation's own tables: what does not travel as it is. A provider without its key is retired.
SECRETS: Final[dict[str, Mapping[str, str]]] = {
    "generation.OwnProvider": {"sealed_key": "''", "retired_at": "coalesce(retired_at, now())"},
}

# What stays of an erased organisation, since the law or the platform's own books ask for it.
KEPT: Final[dict[str, str]] = {
    "billing.Invoice": "invoices are kept for as long as the law asks",
    "billing.InvoiceItem": "as its invoice",
    "billing.Payment": "payments are kept with their invoices",
    "billing.Refund": "as its payment",
    "billing.LedgerEntry": "amounts that the platform has paid, which lead to nobody",
}


def carried() -> Iterator[tuple[type[Model], Slice]]:
    """Each shared model that travels, those that are imported first and in the order of their references."""
    for label, one in (RESTORED | RECORDS).items():
        yield apps.get_model(label), one


def slice_of(label: str) -> Slice | None:
    return RESTORED.get(label) or RECORDS.get(label)
