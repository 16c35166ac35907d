"""What other rooms may act upon. Each is sent within the transaction of what it tells of."""

from django.dispatch import Signal

# Sent by `create_organisation`, outside any organisation; arguments: `organisation`, and `owner` or None.
organisation_created = Signal()

# A changed name, address, language or time zone; arguments: `organisation`, `actor`, and `before`, the
# `tenants.changing.Particulars` that were.
organisation_changed = Signal()

# People and the organisations they belong to; arguments: `organisation`, `actor` (a User, or None), and
invitation_made = Signal()  # `invitation`
invitation_revoked = Signal()  # `invitation`
member_joined = Signal()  # `membership`, `invitation` or None
member_role_changed = Signal()  # `membership`, `before` (a Role)
member_gone = Signal()  # `membership` (as it was), `heir` (a User who takes over what was theirs)
ownership_transferred = Signal()  # `membership` of the new owner, `before` (the User who was)

# The end of an organisation. Both with `organisation` and `actor`:
deletion_asked = Signal()  # it is closed, and erased at its `delete_at`
organisation_kept = Signal()  # it is open again
# Outside any transaction, and more than once: for what lies outside the database; argument: `organisation`.
organisation_erasing = Signal()
# Within the transaction in which its schema and its row go; argument: `organisation`.
organisation_erased = Signal()

# The end of an account, within its transaction; arguments: `user`, and `addresses`, all that were theirs.
account_erasing = Signal()  # everything is still there
account_erased = Signal()  # what the organisations held of them is gone; the account goes next
# A question: ids of organisations that `user` was in once, for those receivers that remember.
organisations_of_old = Signal()
