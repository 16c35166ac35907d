"""What other rooms may act upon. Each is sent within the transaction of what it tells of."""

from django.dispatch import Signal

# Sent by `create_organisation`, outside any organisation; arguments: `organisation`, and `owner` or None.
organisation_created = Signal()

# A changed name, address, language or time zone; arguments: `organisation`, `actor`, and `before`, the
# `tenants.organisations.changing.Particulars` that were.
organisation_changed = Signal()

# People and the organisations they belong to; arguments: `organisation`, `actor` (a User, or None), and
invitation_made = Signal()  # `invitation`
invitation_revoked = Signal()  # `invitation`
member_joined = Signal()  # `membership`, `invitation` or None; `domain` for who joined by their address
member_role_changed = Signal()  # `membership`, `before` (a Role)
member_gone = Signal()  # `membership` (as it was), `heir` (a User who takes over what was theirs)
ownership_transferred = Signal()  # `membership` of the new owner, `before` (the User who was)

# Groups and tiers; arguments: `organisation`, `actor`, and
group_made = Signal()  # `group`
group_changed = Signal()  # `group`, `before`, the `tenants.people.groups.Particulars` that were
group_deleted = Signal()  # `group` (as it was)
group_members_added = Signal()  # `group`, `memberships`
group_members_removed = Signal()  # `group`, `memberships`
tier_made = Signal()  # `tier`
tier_renamed = Signal()  # `tier`, `before` (its name)
tiers_ordered = Signal()  # `tiers`, from the highest to the lowest
tier_deleted = Signal()  # `tier` (as it was)
member_tier_changed = Signal()  # `membership`, `before` (a Tier or None)

# Domains of an organisation's own; arguments: `organisation`, `actor` (a User; None: the scheduler), and
domain_claimed = Signal()  # `domain`
domain_verified = Signal()  # `domain`
domain_failing = Signal()  # `domain`, whose record has been missing for days
domain_lost = Signal()  # `domain`, which is no longer taken for the organisation's
domain_removed = Signal()  # `domain` (as it was)
domain_role_changed = Signal()  # `domain`, `before` (a Role, or "")
single_sign_on_changed = Signal()  # `single_sign_on`; `change`: "set", "required", "lifted" or "removed"
brand_changed = Signal()  # its logo or its colour
host_chosen = Signal()  # `before`, the host that links led to

# Endpoints of webhooks; arguments: `organisation`, `actor`, `endpoint`, and `change`: "added", "changed",
# "paused", "resumed", "rotated" (its secret), "replayed" or "removed".
webhook_changed = Signal()

# The end of an organisation. Both with `organisation` and `actor`:
deletion_asked = Signal()  # it is closed, and erased at its `delete_at`
organisation_kept = Signal()  # it is open again
# Outside any transaction, and more than once: for what lies outside the database; argument: `organisation`.
organisation_erasing = Signal()
# Within the transaction in which its schema and its row go; argument: `organisation`.
organisation_erased = Signal()

# Sessions that somebody ended from elsewhere; arguments: `user`, and `devices`, what each was opened with.
sessions_ended = Signal()

picture_changed = Signal()  # of a person, by themself; argument: `user`

# The end of an account, within its transaction; arguments: `user`, and `addresses`, all that were theirs.
account_erasing = Signal()  # everything is still there
account_erased = Signal()  # what the organisations held of them is gone; the account goes next
# A question: ids of organisations that `user` was in once, for those receivers that remember.
organisations_of_old = Signal()

# Keys of the API; arguments: `organisation`, `actor`, and
api_key_made = Signal()  # `key`
api_key_rotated = Signal()  # `key`, the new one, and `before`, the one that it replaces
api_key_revoked = Signal()  # `key`; `reason` in words, where the platform's people did it
api_key_expiring = Signal()  # `key`, within a week; `actor` is None

# Once it is on another PostgreSQL server; arguments: `organisation`, `actor` (None: an operator) and `move`.
organisation_moved = Signal()

# An organisation taken along (`tenants.portable`), with `organisation` and `actor` (None: an operator)
organisation_exported = Signal()
# One that an owner has asked for: `export`, and `change`, which is "asked", "ready", "failed", "downloaded"
# or "deleted".
export_changed = Signal()
# Within the transaction that writes its rows, which are all there; also `plan`, the code of the one it gets.
organisation_imported = Signal()
# A question, once an organisation is erased: what is still there, as {"what": number}; nothing is {}.
organisation_traces = Signal()  # `schema`
