"""International Standard Book Numbers: read as people type them, kept as 13 digits, shown with hyphens.

After ISO 2108 and the ISBN Users' Manual; the ranges that place the hyphens come with python-stdnum.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from stdnum import ean, isbn

_PREFIX = re.compile(r"^\s*ISBN(?:-1[03])?:?", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")


class BadIsbn(ValueError):
    """This is not an ISBN; the message tells the member what is wrong with it."""


def read_isbn(text: str) -> str:
    """The 13 digits of an ISBN that was typed with or without hyphens; "" for nothing. Raises `BadIsbn`.

    An ISBN of 10 digits becomes the one of 13 that names the same book.
    """
    number = _compact(text)
    if not number:
        return ""
    _check(number)
    return str(isbn.to_isbn13(number))


def has_ten_digits(text: str) -> bool:
    """Whether an ISBN was given in the form that was used until 2007."""
    return len(_compact(text)) == 10


def shown(number: str) -> str:
    """13 digits with the hyphens where the number's publisher has them; as they are outside every range."""
    return str(isbn.format(number)) if number else ""


def _compact(text: str) -> str:
    return _BLANKS.sub("", _PREFIX.sub("", text)).upper()


def _check(number: str) -> None:
    if not re.fullmatch(r"[0-9]{9}[0-9X]|[0-9]{13}", number, re.ASCII):
        if re.fullmatch(r"[0-9]*X?", number, re.ASCII):
            message = _("An ISBN has 13 digits (older ones 10); this has %(count)d.")
            raise BadIsbn(message % {"count": len(number)})
        raise BadIsbn(_("An ISBN is made of digits; only the last of an older one may be an X."))
    if len(number) == 13 and not number.startswith(("978", "979")):
        raise BadIsbn(_("An ISBN of 13 digits begins with 978 or 979."))
    right = _check_digit(number[:-1])
    if number[-1] != right:
        message = _("The last digit should be %(right)s, not %(given)s. Look for a mistyped digit.")
        raise BadIsbn(message % {"right": right, "given": number[-1]})
    if number.startswith("9790"):
        raise BadIsbn(_("Numbers that begin with 979-0 belong to printed music, not to books."))


def _check_digit(digits: str) -> str:
    if len(digits) == 12:
        return str(ean.calc_check_digit(digits))
    total = sum(place * int(digit) for place, digit in enumerate(digits, 1)) % 11
    return "X" if total == 10 else str(total)
