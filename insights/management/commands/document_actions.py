"""`document_actions`: write docs/members/activity.md anew."""

from typing import Any

from django.core.management.base import BaseCommand

from insights import documentation


class Command(BaseCommand):
    help = "Writes the page of the documentation that lists every action of the activity log."

    def handle(self, *args: Any, **options: Any) -> None:
        documentation.PAGE.write_text(documentation.page(), encoding="utf-8")
        self.stdout.write(str(documentation.PAGE))
