"""Django's commands inside one organisation, as in `./octavo manage inside acme inspectdb`."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from tenants.context import entered, in_public
from tenants.models import Organisation


class Command(BaseCommand):
    help = "Runs another command inside an organisation, so that its tables are found."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its address (acme) or the name of its schema (t_...)")
        parser.add_argument("words", nargs=argparse.REMAINDER, help="the command with its arguments")

    def handle(self, *args: Any, organisation: str, words: list[str], **options: Any) -> None:
        if not words:
            raise CommandError("say which command, as in  ./octavo manage inside acme showmigrations")
        with in_public():
            found = Organisation.objects.filter(Q(slug=organisation) | Q(schema_name=organisation)).first()
        if found is None:
            raise CommandError(f"there is no organisation with the address or schema {organisation!r}.")
        with entered(found):
            call_command(*words, stdout=self.stdout, stderr=self.stderr)
