"""Make the tables and the books, and tell what each operation asks of the database, as a line of JSON."""

from __future__ import annotations

import json

from bench.bare_api.starting import set_up

set_up()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from bench.shelf import fill, queries_of_each  # noqa: E402
from tenants.accounts.models import User  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0, skip_checks=True)
author = User.objects.create(email="author@bare.example", name="Bare Author")
book_id = str(fill(author.pk))
print(json.dumps({"book": book_id, "queries": queries_of_each(Client(), book_id)}), flush=True)
