"""What a publisher says of a book, as forms: its metadata, its people, a piece of matter, a part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from books import isbn, subjects
from books.models import Book, BookMetadata, BookSection, Chapter, Contributor
from generation.publishing import Person


class Faulted(forms.Form):
    """A form that shows what the doing behind it found wrong."""

    def take_faults(self, faults: Mapping[str, list[str]]) -> None:
        for name, sentences in faults.items():
            self.add_error(name if name in self.fields else None, sentences)


def _text(field: str, *, of: Any = BookMetadata, help_text: Any = "", **more: Any) -> forms.CharField:
    """A line as long as its column."""
    column = of._meta.get_field(field)
    return forms.CharField(
        label=more.pop("label", column.verbose_name),
        required=more.pop("required", False),
        max_length=column.max_length,
        help_text=help_text,
        **more,
    )


def _long(label: Any, *, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


def _number(label: Any) -> forms.CharField:
    """An ISBN as people type it: what is wrong with it is said where it is checked."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class MetadataForm(Faulted):
    title = _text("title", of=Book, label=_("Title"), required=True)
    subtitle = _text("subtitle", of=Book, label=_("Subtitle"))
    series = _text("series")
    series_number = _text("series_number")
    edition = _text("edition", help_text=_("Such as “Second, revised edition”."))
    dedication = _text("dedication", of=Book, label=_("Dedication"))
    contents_depth = forms.TypedChoiceField(
        label=_("Contents page"),
        coerce=int,
        choices=[
            (0, _("None")),
            (1, _("Chapters")),
            (2, _("Chapters and sections")),
            (3, _("Two levels of sections")),
        ],
    )
    publisher = _text("publisher")
    published_on = forms.DateField(
        label=_("Date of publication"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    isbn_print = _number(_("ISBN of the printed book"))
    isbn_ebook = _number(_("ISBN of the e-book"))
    rights = _text("rights", help_text=_("Left empty, the book says “All rights reserved.”"))
    description = _long(_("Description"), rows=7, help_text=_("What shops show. At most 4,000 characters."))
    back_text = _long(_("Text on the back cover"), rows=5, help_text=_("At most 2,000 characters."))
    keywords = _long(_("Keywords"), rows=3, help_text=_("What readers search for, one a line."))
    thema = forms.CharField(
        label=_("Thema subjects"),
        required=False,
        max_length=300,
        help_text=_("Codes such as YFB, the main one first, with blanks between."),
    )
    bisac = forms.CharField(
        label=_("BISAC subjects"),
        required=False,
        max_length=300,
        help_text=_("For shops in North America: codes such as JUV001000."),
    )

    @classmethod
    def of(cls, book: Book, metadata: BookMetadata, data: Any = None) -> MetadataForm:
        """The form with what is said now."""
        said = {name: getattr(metadata, name) for name in cls.base_fields if hasattr(metadata, name)}
        own = {name: getattr(book, name) for name in ("title", "subtitle", "dedication")}
        shown = {
            "title": own["title"] or book.display_title,
            "isbn_print": isbn.shown(metadata.isbn_print),
            "isbn_ebook": isbn.shown(metadata.isbn_ebook),
            "keywords": "\n".join(metadata.keywords),
            "thema": " ".join(each["code"] for each in metadata.subjects if each["scheme"] == "thema"),
            "bisac": " ".join(each["code"] for each in metadata.subjects if each["scheme"] == "bisac"),
        }
        return cls(data, initial={**said, **own, **shown})

    def clean_isbn_print(self) -> str:
        return self._isbn("isbn_print")

    def clean_isbn_ebook(self) -> str:
        return self._isbn("isbn_ebook")

    def _isbn(self, name: str) -> str:
        """As it was typed: the doing keeps its 13 digits, and the page says where there were 10."""
        typed = str(self.cleaned_data[name])
        try:
            isbn.read_isbn(typed)
        except isbn.BadIsbn as error:
            raise forms.ValidationError(str(error)) from error
        return typed

    def clean_thema(self) -> list[str]:
        return self._codes("thema")

    def clean_bisac(self) -> list[str]:
        return self._codes("bisac")

    def _codes(self, scheme: str) -> list[str]:
        """What the book has already needs no look at the list, which may have changed since."""
        so_far = str(self.initial.get(scheme, "")).split()
        try:
            return [
                code if code in so_far else subjects.checked_code(scheme, code)
                for code in re.split(r"[\s,;]+", self.cleaned_data[scheme])
                if code
            ]
        except subjects.BadSubject as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def changes(self) -> Any:
        """The form as `generation.publishing.edit_metadata` takes it."""
        given = dict(self.cleaned_data)
        given["subjects"] = [
            {"scheme": scheme, "code": code} for scheme in subjects.SCHEMES for code in given.pop(scheme)
        ]
        given["keywords"] = re.split(r"[\n,;]+", given["keywords"])
        return given

    def take_faults(self, faults: Mapping[str, list[str]]) -> None:
        super().take_faults({("thema" if name == "subjects" else name): of for name, of in faults.items()})

    @property
    def converted(self) -> list[str]:
        """The ISBNs that were given in the old form, in the new one."""
        given = (self.cleaned_data[name] for name in ("isbn_print", "isbn_ebook"))
        return [isbn.shown(isbn.read_isbn(number)) for number in given if isbn.has_ten_digits(number)]


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), required=False, max_length=Contributor._meta.get_field("name").max_length
    )
    role = forms.ChoiceField(label=_("Role"), choices=Contributor.Role.choices, required=False)


class _People(forms.BaseFormSet):  # type: ignore[type-arg]
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place")
        form.fields["DELETE"].label = _("Leave out")


PeopleFormSet = forms.formset_factory(
    PersonForm, formset=_People, extra=1, can_order=True, can_delete=True, max_num=60, validate_max=True
)


def named_people(rows: forms.BaseFormSet[PersonForm]) -> list[Person]:
    """Those with a name, in the order asked for."""
    return [
        Person(row.cleaned_data["name"], row.cleaned_data.get("role") or Contributor.Role.AUTHOR)
        for row in rows.ordered_forms
        if row.cleaned_data.get("name")
    ]


class SectionForm(Faulted):
    role = forms.ChoiceField(label=_("What it is"), choices=BookSection.Role.choices)
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=BookSection._meta.get_field("title").max_length,
        help_text=_("Left empty, it gets the usual one in the book’s language."),
    )
    placement = forms.ChoiceField(
        label=_("Where it stands"),
        choices=[("", _("Where it usually does")), *BookSection.Placement.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("In Markdown, without its own title."),
    )


class PartForm(Faulted):
    part = forms.CharField(
        label=_("Title of the part"),
        required=False,
        max_length=Chapter._meta.get_field("part").max_length,
        help_text=_("It stands on a page of its own before this chapter."),
    )
