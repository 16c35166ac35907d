"""ONIX messages against EDItEUR's own schemas, which the package `onixcheck` brings, and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

import pytest
from lxml import etree

from formats.manuscript import Contributor, Subject
from formats.onix import Incomplete, Record, Release, message

SENT = datetime(2027, 2, 1, 12, 30, tzinfo=UTC)
BOOK = UUID("01890000-0000-7000-8000-000000000001")
RELEASES: list[Release] = ["3.0", "3.1"]

FULL = Record(
    book=BOOK,
    title="Beans & <peas>",
    subtitle="A year",
    language="fr",
    kind="guide",
    people=(
        Contributor("Ada Fern", "aut"),
        Contributor("Ines Roy", "ill"),
        Contributor("Bo Ash", "trl"),
        Contributor("Cy Elm", "edt"),
        Contributor("Di Oak", "pht"),
        Contributor("Ed Yew", "aui"),
        Contributor("Flo Bay", "aft"),
        Contributor("Gus Fir", "cov"),
        Contributor("Hal Box", "ctb"),
    ),
    publisher="Alder Press",
    published_on=date(2027, 3, 1),
    isbn_print="9780306406157",
    isbn_ebook="9782070360024",
    edition="Second edition",
    series="Gardens",
    series_number="2",
    subjects=(
        Subject("thema", "WMP"),
        Subject("thema", "1DDF"),
        Subject("bisac", "GAR000000"),
        Subject("thema", "WM"),
    ),
    keywords=("beans", "soil"),
    description="First.\n\nSecond, with \x0b a control.",
    back_text="On the back.",
    made=frozenset({"EPUB", "PDF", "DOCX"}),
    words=12_345,
    pages=210,
    print_pages=208,
    trim=(152, 229),
    pictures=12,
    described=True,
    reflowable=True,
)
LEAST = Record(
    book=BOOK,
    title="T",
    language="en",
    kind="story",
    people=(Contributor("Ada Fern", "aut"),),
    publisher="P",
    published_on=date(2020, 1, 1),
    made=frozenset({"PDF"}),
)


@cache
def schema(release: Release) -> etree.XMLSchema:
    found = find_spec("onixcheck")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent / "schema" / f"xsd{release}"
    return etree.XMLSchema(etree.parse(folder / f"ONIX_BookProduct_{release}_reference.xsd"))


def read(record: Record, release: Release = "3.0") -> etree._Element:
    return etree.fromstring(message(record, sender="Acme", sent=SENT, release=release))


def texts(of: etree._Element, path: str) -> list[str]:
    """The texts at a path of reference names, such as "Subject/SubjectCode"."""
    steps = "/".join(f"{{*}}{step}" for step in path.split("/"))
    return [each.text or "" for each in of.iterfind(f".//{steps}")]


def product(root: etree._Element, name: str) -> etree._Element:
    (one,) = (
        each
        for each in root.iterfind("{*}Product")
        if texts(each, "RecordReference") == [f"octavo-{BOOK}-{name}"]
    )
    return one


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize(
    "record",
    [
        FULL,
        LEAST,
        replace(FULL, series_number=""),
        replace(FULL, series="", edition="", subtitle="", keywords=(), subjects=()),
        replace(FULL, made=frozenset()),
        replace(FULL, described=False, reflowable=False, trim=None, words=0, language="xx-YY"),
    ],
)
def test_message_is_valid(record: Record, release: Release) -> None:
    root = read(record, release)
    assert schema(release).validate(root), schema(release).error_log


def test_schema_finds_a_planted_fault() -> None:
    root = read(FULL)
    root.find(".//{*}ContributorRole").text = "A00"  # type: ignore[union-attr]
    assert not schema("3.0").validate(root)


def test_each_form_is_a_product_with_its_own_number() -> None:
    root = read(FULL)
    forms = {
        name: (texts(product(root, name), "ProductForm"), texts(product(root, name), "ProductFormDetail"))
        for name in ("paperback", "epub", "pdf")
    }
    assert forms == {
        "paperback": (["BC"], []),
        "epub": (["ED"], ["E101", "E200"]),
        "pdf": (["ED"], ["E107"]),
    }
    numbers = {
        name: [each.findtext("{*}IDValue") for each in product(root, name).iterfind("{*}ProductIdentifier")]
        for name in forms
    }
    assert numbers == {
        "paperback": [f"octavo-{BOOK}-paperback", "9780306406157"],
        "epub": [f"octavo-{BOOK}-epub", "9782070360024"],
        "pdf": [f"octavo-{BOOK}-pdf"],
    }
    assert texts(product(root, "pdf"), "RelatedProduct/ProductIdentifier/IDValue")[1] == "9780306406157"


def test_people_have_the_codes_of_list_17() -> None:
    assert texts(product(read(FULL), "pdf"), "Contributor/ContributorRole") == [
        "A01", "A12", "B06", "B01", "A13", "A24", "A19", "A36", "Z99",
    ]  # fmt: skip


def test_subjects_name_their_schemes_and_the_first_is_the_main_one() -> None:
    subjects = product(read(FULL), "epub").iterfind(".//{*}Subject")
    told = [
        (
            each.findtext("{*}SubjectSchemeIdentifier"),
            each.findtext("{*}SubjectCode") or each.findtext("{*}SubjectHeadingText"),
            each.find("{*}MainSubject") is not None,
        )
        for each in subjects
    ]
    assert told == [
        ("93", "WMP", True),
        ("94", "1DDF", False),
        ("10", "GAR000000", True),
        ("93", "WM", False),
        ("20", "beans; soil", False),
    ]


def test_extents_are_those_that_somebody_counted() -> None:
    root = read(FULL)
    told = {
        name: list(
            zip(
                texts(product(root, name), "Extent/ExtentType"),
                texts(product(root, name), "Extent/ExtentValue"),
                strict=True,
            )
        )
        for name in ("paperback", "epub", "pdf")
    }
    assert told == {
        "paperback": [("02", "12345"), ("06", "208")],
        "epub": [("02", "12345")],
        "pdf": [("02", "12345"), ("07", "210")],
    }
    assert texts(product(root, "pdf"), "NumberOfIllustrations") == ["12"]


@pytest.mark.parametrize(
    ("record", "there", "away"),
    [
        (FULL, {"11", "14", "36", "52"}, set()),
        (replace(FULL, described=False), {"11", "13"}, {"14", "52"}),
        (replace(FULL, pictures=0), {"52"}, {"14"}),
        (replace(FULL, reflowable=False), {"11"}, {"36"}),
    ],
)
def test_accessibility_is_told_where_it_is_true(record: Record, there: set[str], away: set[str]) -> None:
    codes = set(texts(product(read(record), "epub"), "ProductFormFeature/ProductFormFeatureValue"))
    assert there <= codes
    assert not away & codes
    assert not texts(product(read(record), "pdf"), "ProductFormFeature")


def test_book_of_the_future_is_forthcoming() -> None:
    assert texts(product(read(FULL), "pdf"), "PublishingStatus") == ["02"]
    out = read(replace(FULL, published_on=SENT.date()))
    assert texts(product(out, "pdf"), "PublishingStatus") == ["04"]
    assert texts(product(out, "pdf"), "NotificationType") == ["03"]


def test_texts_are_texts_and_series_and_language_are_told() -> None:
    one = product(read(FULL), "epub")
    assert texts(one, "TitleText") == ["Gardens", "Beans & <peas>"]
    assert texts(one, "PartNumber") == ["2"]
    assert texts(one, "LanguageCode") == ["fre"]
    assert texts(one, "TextContent/Text") == ["First.\n\nSecond, with  a control.", "On the back."]
    assert not texts(one, "ProductSupply")


def test_what_is_missing_is_named() -> None:
    bare = replace(FULL, people=(), publisher="", published_on=None, isbn_print="", made=frozenset())
    with pytest.raises(Incomplete) as refused:
        message(bare, sender="Acme", sent=SENT)
    assert refused.value.missing == ("people", "publisher", "published_on", "product")


def test_same_record_gives_the_same_bytes() -> None:
    assert message(FULL, sender="Acme", sent=SENT) == message(FULL, sender="Acme", sent=SENT)
