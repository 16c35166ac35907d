"""Run another command inside an organisation."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management import ManagementUtility
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.context import entered
from tenants.models import Organisation


class Command(BaseCommand):
    help = "Runs a command inside an organisation: in_organisation acme shell"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the organisation's, such as acme")
        parser.add_argument("words", nargs="+", help="the command and what belongs to it")

    def run_from_argv(self, argv: list[str]) -> None:
        """Whatever follows the address is the other command's own, options too."""
        if len(argv) < 4 or argv[2].startswith("-"):
            super().run_from_argv(argv)  # which says how it is used
            return
        try:
            self.handle(address=argv[2], words=argv[3:], program=argv[0])
        except CommandError as error:
            self.stderr.write(f"CommandError: {error}")
            sys.exit(error.returncode)

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["address"]).first()
        if organisation is None:
            raise CommandError(f"no organisation has the address {options['address']}")
        with entered(organisation):
            ManagementUtility([options.get("program", "manage.py"), *options["words"]]).execute()
