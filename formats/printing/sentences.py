"""What preflight found, in words: what holds, or what is amiss and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Sentences = tuple[Promise, Promise | str, Promise]
_NOTHING = ""  # where a rule is only told when it does not hold

# For each rule: its name, what is said where it holds, and where it does not with what to do.
RULES: Mapping[str, Sentences] = {
    "readable": (
        _("File"),
        _("It can be read and is not locked (PDF %(version)s)."),
        _("It is locked by a password. Make the package again."),
    ),
    "active": (
        _("Content"),
        _("No scripts, forms or attachments."),
        _("It holds %(found)s, which printers refuse. Make the package again."),
    ),
    "fonts": (
        _("Fonts"),
        _("Every font is embedded."),
        _("Fonts are not embedded: %(fonts)s. The printer would put others in their place."),
    ),
    "resolution": (
        _("Pictures"),
        _("Every picture has %(wanted)s dots per inch or more."),
        _(
            "A picture has %(dpi)s dots per inch; the printer asks for %(wanted)s. Use a larger "
            "picture, or a smaller page."
        ),
    ),
    "enlarged": (
        _("Pictures"),
        _NOTHING,
        _(
            "A picture was made with %(dpi)s dots per inch on this page and was enlarged to the "
            "%(wanted)s that the printer asks for. It will look softer than a picture of that size. "
            "Use a larger one if you have it."
        ),
    ),
    "colours": (
        _("Colours"),
        _("Every colour is in %(space)s."),
        _("Colours should be in %(space)s; found: %(found)s. Choose another colour space or make it again."),
    ),
    "ink": (
        _("Ink"),
        _("At most %(ink)s%% of ink in one place; the printer takes %(most)s%%."),
        _("%(ink)s%% of ink in one place are more than the %(most)s%% that dry well. Use a lighter picture."),
    ),
    "black-type": (
        _("Black type"),
        _("Black type is black ink alone."),
        _("Black type is mixed from several inks and may look blurred."),
    ),
    "transparency": (
        _("Transparency"),
        _("Nothing is see-through."),
        _("Something on the pages is see-through, which this kind of file does not allow."),
    ),
    "standard": (
        _("Standard"),
        _("It says that it follows %(standard)s."),
        _("It should follow %(standard)s; it says: %(found)s."),
    ),
    "screen": (
        _("Links"),
        _("No links or bookmarks, which are for screens."),
        _("It has links or bookmarks, which printers ask to leave out."),
    ),
    "file-size": (
        _("Size"),
        _("%(megabytes)s MB; the printer takes up to %(most)s."),
        _("%(megabytes)s MB are more than the %(most)s that the printer takes. Use smaller pictures."),
    ),
    "trim": (
        _("Trim size"),
        _("All pages are %(width)s × %(height)s mm."),
        _(
            "Pages should be %(width)s × %(height)s mm, but measure %(found_width)s × %(found_height)s "
            "mm. Choose the trim size that the printer knows of this book, and make it again."
        ),
    ),
    "boxes": (
        _("Sheet"),
        _("Sheet and trim lie as the printer expects them."),
        _("The sheet does not lie around the page with %(bleed)s mm of bleed, as the printer expects."),
    ),
    "bleed": (
        _("Bleed"),
        _("What reaches the edge runs %(bleed)s mm beyond it."),
        _(
            "Something reaches the edge of the page without running %(bleed)s mm beyond it: a white "
            "line could show after trimming."
        ),
    ),
    "page-count": (
        _("Pages"),
        _("%(pages)s pages; the printer takes %(least)s to %(most)s."),
        _(
            "%(pages)s pages; the printer takes %(least)s to %(most)s on this paper. Choose another "
            "paper, binding or trim size, or change the text."
        ),
    ),
    "page-multiple": (
        _("Pages"),
        _NOTHING,
        _("%(pages)s pages are not a multiple of %(multiple)s. Blank pages have to be added."),
    ),
    "safe-area": (
        _("Safe area"),
        _("Type keeps %(safe)s mm from the edges."),
        _("Type stands %(found)s mm from the edge; %(safe)s mm have to stay free. It could be cut off."),
    ),
    "gutter": (
        _("Inner margin"),
        _("Type keeps %(gutter)s mm from the spine, as %(pages)s pages need."),
        _("Type stands %(found)s mm from the spine; a book of %(pages)s pages needs %(gutter)s mm there."),
    ),
    "blank-pages": (
        _("Blank pages"),
        _("Blank pages: %(blank)s."),
        _("%(run)s blank pages follow each other. Some printers refuse more than four."),
    ),
    "last-page": (
        _("Last page"),
        _("The last page is blank, for the printer’s own mark."),
        _("The last page should be blank; the printer will add one."),
    ),
    "cover-pages": (
        _("Cover"),
        _NOTHING,
        _("A cover is one page with back, spine and front; this has %(pages)s."),
    ),
    "cover-size": (
        _("Cover’s size"),
        _("The sheet is %(width)s × %(height)s mm."),
        _(
            "The sheet should be %(width)s × %(height)s mm, but is %(found_width)s × %(found_height)s "
            "mm. Make the cover again."
        ),
    ),
    "spine": (
        _("Spine"),
        _("The spine is %(spine)s mm, as %(pages)s pages on this paper need."),
        _(
            "The spine is %(found)s mm, but %(pages)s pages on this paper need %(spine)s mm. Make the "
            "cover for this number of pages."
        ),
    ),
    "spine-figure": (
        _("Spine"),
        _NOTHING,
        _(
            "This printer does not publish how thick its paper is. Compare the spine of %(spine)s mm "
            "with its own cover template, and enter the width from there if it differs."
        ),
    ),
    "spine-type": (
        _("Type on the spine"),
        _("Type on the spine keeps clear of its edges."),
        _(
            "Type on the spine is too close to its edges, or the book too thin for any: this printer "
            "wants at least %(least)s pages."
        ),
    ),
    "cover-safe": (
        _("Safe area"),
        _("Type keeps %(safe)s mm from the edges and off the folds."),
        _("Type on the cover stands in a fold or closer to an edge than %(safe)s mm."),
    ),
    "isbn": (
        _("ISBN"),
        _NOTHING,
        _("%(isbn)s is not an ISBN. Correct it under Publishing."),
    ),
    "isbn-missing": (
        _("ISBN"),
        _("There is no ISBN: the printer gives one and sets its barcode."),
        _("There is no ISBN, so the cover has no barcode. Shops ask for one; enter it under Publishing."),
    ),
    "barcode": (
        _("Barcode"),
        _("The barcode can be read and says %(isbn)s."),
        _("The barcode should say %(isbn)s; what can be read is: %(found)s."),
    ),
    "barcode-room": (
        _("Barcode"),
        _("%(width)s × %(height)s mm stay free for the printer’s barcode."),
        _("Type stands where the printer sets its barcode (%(width)s × %(height)s mm)."),
    ),
}  # fmt: skip

NO_STANDARD = _("No standard is asked for.")
NO_BLEED = _("Nothing reaches the edge, so there is no bleed.")
NO_SPINE_TYPE = _("Nothing stands on the spine.")
NO_BLANK_PAGES = _("No blank pages.")
NO_PICTURES = _("There are no pictures.")

SPACES: Mapping[str, Promise] = {"grey": _("shades of black"), "srgb": _("sRGB"), "cmyk": _("CMYK")}

# What is wrong with an order, by `BadOrder.code`.
ORDERS: Mapping[str, Promise] = {
    "choice": _("The printer does not offer this. Choose from the list."),
    "space": _("The printer does not take files in these colours."),
    "standard": _("The printer does not take this standard with these colours. PDF/X needs CMYK."),
    "trim": _("The printer does not make books of this size."),
    "spine": _("A spine is 1 to 100 mm wide."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One rule as a member reads it. `outcome` is "pass", "warn" or "fail"; `where` names pages."""

    rule: str
    name: str
    outcome: str
    sentence: str
    where: str
    detail: Mapping[str, Any]


def told(report: Any, file: str) -> list[Told]:
    """What was found in "interior" or "cover", in the language that is active; the worst first."""
    rows = [row for row in report if isinstance(row, dict)] if isinstance(report, list) else []
    mine = [row for row in rows if (row.get("detail") or {}).get("file") == file and row.get("rule") in RULES]
    found = [_told(row) for row in mine]
    return sorted((one for one in found if one.sentence), key=lambda one: _ORDER.get(one.outcome, 0))


def counted(report: Any) -> Mapping[str, int]:
    """How many rules passed, warn and failed."""
    outcomes = (
        [row.get("outcome") for row in report if isinstance(row, dict)] if isinstance(report, list) else []
    )
    return {outcome: outcomes.count(outcome) for outcome in ("pass", "warn", "fail")}


_ORDER = {"fail": 0, "warn": 1, "pass": 2}


def _told(row: Mapping[str, Any]) -> Told:
    rule, outcome, detail = str(row["rule"]), str(row.get("outcome")), row.get("detail") or {}
    name, holds, amiss = RULES[rule]
    words = _special(rule, detail) if outcome == "pass" else None
    sentence = words or (holds if outcome == "pass" else amiss)
    figures = {key: _shown(key, value) for key, value in detail.items()}
    try:
        said = str(sentence) % figures
    except (KeyError, ValueError, TypeError):
        said = ""
    return Told(rule, str(name), outcome, said, _where(detail), detail)


def _special(rule: str, detail: Mapping[str, Any]) -> Promise | None:
    """What is said where a rule holds because there is nothing to it."""
    if rule == "standard" and not detail.get("standard"):
        return NO_STANDARD
    if rule == "bleed" and not detail.get("bleeds"):
        return NO_BLEED
    if rule == "spine-type" and not detail.get("type"):
        return NO_SPINE_TYPE
    if rule == "blank-pages" and not detail.get("blank"):
        return NO_BLANK_PAGES
    if rule == "resolution" and not detail.get("pictures"):
        return NO_PICTURES
    return None


def _shown(key: str, value: Any) -> Any:
    if key == "space":
        return SPACES.get(str(value), value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return number_format(round(value, 2), force_grouping=True)


def _where(detail: Mapping[str, Any]) -> str:
    pages, count = detail.get("on") or [], detail.get("on_count") or 0
    if not pages or detail.get("file") == "cover":
        return ""
    shown = ", ".join(map(str, pages))
    if count > len(pages):
        return gettext("Pages %(pages)s and %(more)s more") % {"pages": shown, "more": count - len(pages)}
    return (gettext("Page %(pages)s") if count == 1 else gettext("Pages %(pages)s")) % {"pages": shown}
