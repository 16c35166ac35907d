"""What other rooms may act upon."""

from django.dispatch import Signal

# Sent by `create_organisation` within its transaction, outside any organisation; argument: `organisation`.
organisation_created = Signal()
