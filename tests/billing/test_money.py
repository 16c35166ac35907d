import pytest

from billing.money import in_words, minor_units


@pytest.mark.parametrize(
    ("minor", "currency", "language", "words"),
    [
        (19_00, "USD", "en", "$19.00"),
        (1_234_56, "USD", "fr", "1\u202f234,56\u00a0$US"),
        (15_000_00, "NGN", "en", "NGN\u00a015,000.00"),
        (11_500, "XOF", "en", "F\u202fCFA\u00a011,500"),
        (11_500, "XOF", "fr", "11\u202f500\u00a0F\u202fCFA"),
        (5_00, "KES", "en", "KES\u00a05.00"),
        (-7_33, "USD", "en", "−$7.33"),
        (10**18 + 1, "USD", "en", "$10,000,000,000,000,000.01"),
    ],
)
def test_amounts_are_written_as_the_language_writes_them(minor, currency, language, words):
    assert in_words(minor, currency, language=language) == words


def test_short_amounts_leave_out_cents_that_are_nought():
    assert in_words(19_00, "USD", language="en", short=True) == "$19"
    assert in_words(19_01, "USD", language="en", short=True) == "$19.01"
    assert in_words(190_00, "USD", language="fr", short=True) == "190\u00a0$US"


def test_minor_units_are_those_of_the_currency():
    assert [minor_units(currency) for currency in ("USD", "XOF", "KWD")] == [100, 1, 1000]
