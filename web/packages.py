"""A book's packages for printers as their page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from books.models import Book
from formats import problems
from formats.models import PrintPackage
from formats.printing.sentences import Told, counted, told
from web.forms.printing import BINDINGS, PAPERS, PRINTER_NAMES, STANDARDS, trim_label


@dataclass(frozen=True, slots=True)
class Part:
    """One of a package's two files, with what preflight found in it."""

    name: str
    size: int
    checks: Sequence[Told]

    @property
    def amiss(self) -> list[Told]:
        return [check for check in self.checks if check.outcome != "pass"]

    @property
    def passed(self) -> int:
        return len(self.checks) - len(self.amiss)


@dataclass(frozen=True, slots=True)
class Package:
    row: PrintPackage
    parts: Sequence[Part]
    counts: Mapping[str, int]

    @property
    def waiting(self) -> bool:
        return self.row.status == PrintPackage.Status.PENDING

    @property
    def failed(self) -> bool:
        return self.row.status == PrintPackage.Status.FAILED

    @property
    def printer(self) -> str:
        return str(PRINTER_NAMES.get(self.row.printer, self.row.printer))

    @property
    def order(self) -> str:
        """What was asked for, in one line."""
        asked = self.row.specification
        standard = asked.get("standard", "")
        words = (
            BINDINGS.get(asked.get("binding", "")),
            PAPERS.get(asked.get("paper", "")),
            trim_label(asked),
            {"srgb": "sRGB", "cmyk": "CMYK"}.get(asked.get("space", "")),
            STANDARDS.get(standard) if standard else None,
        )
        return " · ".join(str(word) for word in words if word)

    @property
    def reason(self) -> str:
        """Why it could not be made, where its members can do something about it."""
        return problems.told(self.row.error)


def packages_of(book: Book) -> list[Package]:
    """One query, however many there are."""
    return [shown(row) for row in book.print_packages.select_related("interior", "cover")]


def shown(row: PrintPackage) -> Package:
    files = (("interior", row.interior), ("cover", row.cover))
    parts = [Part(name, file.size, told(row.report, name)) for name, file in files if file is not None]
    return Package(row, parts, counted(row.report))
