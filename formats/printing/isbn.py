"""ISBNs and the bars that say them: EAN-13 as the GS1 General Specifications (5.2) and ISO 2108 lay down."""

from __future__ import annotations

_LEFT_ODD = (
    "0001101", "0011001", "0010011", "0111101", "0100011",
    "0110001", "0101111", "0111011", "0110111", "0001011",
)  # fmt: skip
_PARITIES = (
    "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL",
)  # fmt: skip
_DIGITS = 13


class BadIsbn(ValueError):
    """Not an ISBN of 13 digits with its check digit right."""


def check_digit(twelve: str) -> str:
    """The thirteenth digit of an EAN."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve[:12]))
    return str(-total % 10)


def is_isbn(isbn: str) -> bool:
    return (
        len(isbn) == _DIGITS
        and isbn.isascii()
        and isbn.isdigit()
        and isbn.startswith(("978", "979"))
        and check_digit(isbn) == isbn[12]
    )


def modules(isbn: str) -> str:
    """The 95 modules of the bars, from left to right: "1" is black. Raises `BadIsbn`."""
    if not is_isbn(isbn):
        raise BadIsbn(isbn)
    parities = _PARITIES[int(isbn[0])]
    left = "".join(_left(int(digit), parity) for digit, parity in zip(isbn[1:7], parities, strict=True))
    right = "".join(_inverted(_LEFT_ODD[int(digit)]) for digit in isbn[7:])
    return f"101{left}01010{right}101"


def read_modules(bars: str) -> str:
    """The digits that 95 modules say; "" where they say none. What a scanner would do, for preflight."""
    if len(bars) != 95 or bars[:3] != "101" or bars[45:50] != "01010" or bars[-3:] != "101":
        return ""
    try:
        left = [_read_left(bars[at : at + 7]) for at in range(3, 45, 7)]
        right = [_LEFT_ODD.index(_inverted(bars[at : at + 7])) for at in range(50, 92, 7)]
        first = _PARITIES.index("".join(parity for _digit, parity in left))
    except ValueError:
        return ""
    found = f"{first}{''.join(str(digit) for digit, _parity in left)}{''.join(map(str, right))}"
    return found if check_digit(found) == found[12] else ""


def _left(digit: int, parity: str) -> str:
    return _LEFT_ODD[digit] if parity == "L" else _even(digit)


def _even(digit: int) -> str:
    return _inverted(_LEFT_ODD[digit])[::-1]


def _read_left(bars: str) -> tuple[int, str]:
    if bars in _LEFT_ODD:
        return _LEFT_ODD.index(bars), "L"
    return _LEFT_ODD.index(_inverted(bars[::-1])), "G"


def _inverted(bars: str) -> str:
    return bars.translate(str.maketrans("01", "10"))
