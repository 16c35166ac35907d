"""ONIX for Books 3: what the book trade is told of a book, one product for each thing that can be sold.

After EDItEUR's ONIX for Books 3.0 and 3.1 with reference tags; the numbers behind "list" are its code lists.
Pure: the same record, sender and moment give the same bytes. Prices and suppliers are not known here, so the
block of supply is left out, as ONIX allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from lxml import etree

from formats.manuscript import Contributor, Kind, Role, Subject

MEDIA_TYPE = "application/xml"

Release = Literal["3.0", "3.1"]
Product = Literal["paperback", "epub", "pdf"]
Missing = Literal["people", "publisher", "published_on", "product"]

# List 17, by the relators of MARC.
_ROLES: Mapping[Role, str] = {
    "aut": "A01",
    "ill": "A12",
    "pht": "A13",
    "aft": "A19",
    "aui": "A24",
    "cov": "A36",
    "edt": "B01",
    "trl": "B06",
    "ctb": "Z99",
}
# List 74, which is ISO 639-2/B.
_LANGUAGES = {
    "de": "ger", "en": "eng", "es": "spa", "fr": "fre", "it": "ita", "nl": "dut", "pt": "por",
}  # fmt: skip
# List 27: Thema's subjects, and by their first figure its qualifiers.
_THEMA = {"1": "94", "2": "95", "3": "96", "4": "97", "5": "98", "6": "99"}
_THEMA_SUBJECT, _BISAC, _KEYWORDS = "93", "10", "20"
# Lists 150 and 175.
_FORMS: Mapping[Product, tuple[str, str]] = {
    "paperback": ("BC", ""),
    "epub": ("ED", "E101"),
    "pdf": ("ED", "E107"),
}
_REFLOWABLE = "E200"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Incomplete(Exception):
    """The trade would send the record back. `missing` says what is to be filled in."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What there is to tell. `people` has everybody in order, the authors too.

    `made` are the files that exist. `words` of the text; `pages` of the PDF and `print_pages` of the printed
    interior, None where nobody counted. `trim` is a printed page's width and height in millimetres.
    `pictures` is how many the text has, `described` that each has an alternative text, `reflowable` that the
    EPUB's text follows the reader's settings.
    """

    book: UUID
    title: str
    language: str
    kind: Kind
    people: tuple[Contributor, ...]
    subtitle: str = ""
    publisher: str = ""
    published_on: date | None = None
    isbn_print: str = ""
    isbn_ebook: str = ""
    edition: str = ""
    series: str = ""
    series_number: str = ""
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    description: str = ""
    back_text: str = ""
    made: frozenset[str] = frozenset()
    words: int = 0
    pages: int | None = None
    print_pages: int | None = None
    trim: tuple[int, int] | None = None
    pictures: int = 0
    described: bool = False
    reflowable: bool = False

    @property
    def products(self) -> tuple[Product, ...]:
        """What can be sold: a printed book that has an ISBN, and the e-books that are made."""
        there: dict[Product, bool] = {
            "paperback": bool(self.isbn_print),
            "epub": "EPUB" in self.made,
            "pdf": "PDF" in self.made,
        }
        return tuple(product for product, is_there in there.items() if is_there)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What must be filled in before the trade can be told."""
        there: dict[Missing, bool] = {
            "people": bool(self.people),
            "publisher": bool(self.publisher),
            "published_on": self.published_on is not None,
            "product": bool(self.products),
        }
        return tuple(name for name, is_there in there.items() if not is_there)


def message(record: Record, *, sender: str, sent: datetime, release: Release = "3.0") -> bytes:
    """An ONIX message of every product of a book. Raises `Incomplete`."""
    if record.missing:
        raise Incomplete(record.missing)
    namespace = f"http://ns.editeur.org/onix/{release}/reference"
    root = etree.Element(f"{{{namespace}}}ONIXMessage", nsmap={None: namespace})
    root.set("release", release)
    header = _add(root, "Header")
    _add(_add(header, "Sender"), "SenderName", sender)
    _add(header, "SentDateTime", sent.strftime("%Y%m%dT%H%M%SZ"))
    for product in record.products:
        _Writer(record, product, sent.date()).write(_add(root, "Product"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def accessibility(record: Record) -> Iterator[str]:
    """What is true of every EPUB that is built here, by codes of list 196; no conformance is claimed."""
    yield "10"  # no option of the reading system is disabled
    yield "11"  # navigation by the table of contents
    yield "13"  # one logical reading order
    if record.described or not record.pictures:
        if record.pictures:
            yield "14"  # short alternative descriptions
        yield "52"  # everything can be read without sight
    yield "22"  # languages are tagged
    yield "29"  # structural navigation
    yield "30"  # ARIA roles
    if record.reflowable:
        yield "36"  # the appearance of all text can be changed


@dataclass(frozen=True, slots=True)
class _Writer:
    record: Record
    product: Product
    today: date

    def write(self, to: etree._Element) -> None:
        out = self.published <= self.today
        _add(to, "RecordReference", self.reference(self.product))
        _add(to, "NotificationType", "03" if out else "02")  # list 1
        self.identifiers(to, self.product)
        self.describe(_add(to, "DescriptiveDetail"))
        self.collateral(to)
        self.publishing(_add(to, "PublishingDetail"), out=out)
        self.others(to)

    @property
    def published(self) -> date:
        assert self.record.published_on is not None
        return self.record.published_on

    def reference(self, product: Product) -> str:
        return f"octavo-{self.record.book}-{product}"

    def identifiers(self, to: etree._Element, product: Product) -> None:
        own = _add(to, "ProductIdentifier")
        _fill(own, ProductIDType="01", IDTypeName="Octavo", IDValue=self.reference(product))  # list 5
        if isbn := {"paperback": self.record.isbn_print, "epub": self.record.isbn_ebook}.get(product, ""):
            _fill(_add(to, "ProductIdentifier"), ProductIDType="15", IDValue=isbn)

    def describe(self, to: etree._Element) -> None:
        record = self.record
        _add(to, "ProductComposition", "00")  # list 2: one component
        self.form(to)
        self.series(to)
        title = _add(to, "TitleDetail")
        _add(title, "TitleType", "01")
        _fill(
            _add(title, "TitleElement"),
            TitleElementLevel="01",
            TitleText=record.title,
            Subtitle=record.subtitle,
        )
        for number, person in enumerate(record.people, 1):
            _fill(
                _add(to, "Contributor"),
                SequenceNumber=str(number),
                ContributorRole=_ROLES[person.role],
                PersonName=person.name,
            )
        _fill(to, EditionStatement=record.edition)
        language = _LANGUAGES.get(record.language.lower().split("-")[0], "und")
        _fill(_add(to, "Language"), LanguageRole="01", LanguageCode=language)
        self.extents(to)
        _add(to, "Illustrated", "02" if record.pictures else "01")  # list 152
        if record.pictures:
            _add(to, "NumberOfIllustrations", str(record.pictures))
        self.subjects(to)
        if record.kind == "story":
            _fill(_add(to, "Audience"), AudienceCodeType="01", AudienceCodeValue="02")  # for children

    def form(self, to: etree._Element) -> None:
        form, detail = _FORMS[self.product]
        _fill(to, ProductForm=form, ProductFormDetail=detail)
        if self.product == "epub":
            self.epub(to)
        _add(to, "PrimaryContentType", "10")  # list 81: text to be read
        if self.product == "paperback":
            self.measures(to)
        else:
            _add(to, "EpubTechnicalProtection", "00")  # list 144: none

    def epub(self, to: etree._Element) -> None:
        if self.record.reflowable:
            _add(to, "ProductFormDetail", _REFLOWABLE)
        for code in accessibility(self.record):
            feature = _add(to, "ProductFormFeature")
            _fill(feature, ProductFormFeatureType="09", ProductFormFeatureValue=code)  # list 79

    def measures(self, to: etree._Element) -> None:
        width, height = self.record.trim or (0, 0)
        for kind, length in (("01", height), ("02", width)) if self.record.trim else ():  # list 48
            _fill(_add(to, "Measure"), MeasureType=kind, Measurement=str(length), MeasureUnitCode="mm")

    def series(self, to: etree._Element) -> None:
        record = self.record
        if not record.series:
            return
        collection = _add(to, "Collection")
        _add(collection, "CollectionType", "10")  # list 148: the publisher's own
        title = _add(collection, "TitleDetail")
        _add(title, "TitleType", "01")
        if record.series_number:
            place = _add(title, "TitleElement")
            _fill(place, SequenceNumber="1", TitleElementLevel="01", PartNumber=record.series_number)
        element = _add(title, "TitleElement")
        if record.series_number:
            _add(element, "SequenceNumber", "2")
        _fill(element, TitleElementLevel="02", TitleText=record.series)

    def extents(self, to: etree._Element) -> None:
        """Lists 23 and 24."""
        record = self.record
        counted: list[tuple[str, int | None, str]] = [("02", record.words, "02")]
        if self.product == "paperback":
            counted.append(("06", record.print_pages, "03"))  # as it leaves the press
        if self.product == "pdf":
            counted.append(("07", record.pages, "03"))  # from its first page on
        for kind, value, unit in counted:
            if value:
                _fill(_add(to, "Extent"), ExtentType=kind, ExtentValue=str(value), ExtentUnit=unit)

    def subjects(self, to: etree._Element) -> None:
        seen: set[str] = set()
        for subject in self.record.subjects:
            scheme = _scheme(subject)
            element = _add(to, "Subject")
            if scheme not in seen and scheme in (_THEMA_SUBJECT, _BISAC):
                _add(element, "MainSubject")  # the first of its scheme
            seen.add(scheme)
            _fill(element, SubjectSchemeIdentifier=scheme, SubjectCode=subject.code)
        if self.record.keywords:
            words = "; ".join(self.record.keywords)
            _fill(_add(to, "Subject"), SubjectSchemeIdentifier=_KEYWORDS, SubjectHeadingText=words)

    def collateral(self, to: etree._Element) -> None:
        texts = {"03": self.record.description, "05": self.record.back_text}  # list 153
        if not any(texts.values()):
            return
        block = _add(to, "CollateralDetail")
        for kind, text in texts.items():
            if text:
                content = _add(block, "TextContent")
                _fill(content, TextType=kind, ContentAudience="00", Text=text)

    def publishing(self, to: etree._Element, *, out: bool) -> None:
        _add(_add(to, "Imprint"), "ImprintName", self.record.publisher)
        _fill(_add(to, "Publisher"), PublishingRole="01", PublisherName=self.record.publisher)
        _add(to, "PublishingStatus", "04" if out else "02")  # list 64: active, forthcoming
        day = _add(to, "PublishingDate")
        _add(day, "PublishingDateRole", "01")
        _add(day, "Date", self.published.strftime("%Y%m%d")).set("dateformat", "00")

    def others(self, to: etree._Element) -> None:
        """The same book in its other forms."""
        others = [product for product in self.record.products if product != self.product]
        if not others:
            return
        related = _add(to, "RelatedMaterial")
        for product in others:
            element = _add(related, "RelatedProduct")
            _add(element, "ProductRelationCode", "06")  # list 51
            self.identifiers(element, product)


def _scheme(subject: Subject) -> str:
    if subject.scheme == "bisac":
        return _BISAC
    return _THEMA.get(subject.code[:1], _THEMA_SUBJECT)


def _add(to: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(to, f"{{{to.nsmap[None]}}}{name}")
    if text is not None:
        element.text = _NOT_IN_XML.sub("", text)
    return element


def _fill(to: etree._Element, **texts: str) -> None:
    """An element for each text that is not empty, in this order."""
    for name, text in texts.items():
        if text:
            _add(to, name, text)
