"""Compiles every template, so that a mistake in one is found before a person opens its page.

`python -m launcher.templates` prints a line for each that does not compile.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from launcher.places import ROOT

OURS = (
    "web",
    "api",
    "platform/lobby",
    "platform/console",
    "tenants",
    "notifications",
    "formats",
    "generation",
    "books",
)


def mistakes() -> Iterator[str]:
    """Needs Django to be set up."""
    from django.template import TemplateDoesNotExist, TemplateSyntaxError
    from django.template.loader import get_template

    for name in names():
        try:
            get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            yield f"{name}: {error}"


def names() -> list[str]:
    """As Django calls them: by their path within a folder of templates."""
    folders = (folder for room in OURS for folder in (ROOT / room).rglob("templates"))
    files = (
        (folder, path) for folder in folders for path in folder.rglob("*") if path.suffix in (".html", ".txt")
    )
    return sorted({path.relative_to(folder).as_posix() for folder, path in files})


def main() -> int:
    import django

    django.setup()
    lines = list(mistakes())
    print("\n".join(lines) or f"{len(names())} templates")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
