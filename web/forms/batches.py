"""The forms of batches: what all books have in common and the file of heroes, and one row put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from books.models import BookLanguage
from generation.batches.checking import column_name, reader_language
from generation.batches.columns import COLUMNS, Column
from generation.batches.sheet import LONGEST_CELL, MOST_BYTES, BadSheet, Sheet, read_sheet
from generation.batches.template import LONGEST_AUTHOR, LONGEST_NAME, Template
from generation.briefs import LONGEST

_TEXTS = ("topic", "goal", "title", "language", "audience", "dedication", "author_name")


class BatchForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the batch"),
        max_length=LONGEST_NAME,
        help_text=_("For you and your organisation: “Class 3b”, “Orders of the first week of May”."),
    )
    language = forms.ChoiceField(
        label=_("In which language?"), choices=BookLanguage.choices, widget=forms.RadioSelect
    )
    topic = forms.CharField(
        label=_("What are the books about?"),
        max_length=LONGEST["topic"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The same story for everybody. Write {name}, {age} or {companion} where the hero’s own belongs: "
            "“{name} and a lost kite that wants to go home”."
        ),
    )
    goal = forms.CharField(
        label=_("What should readers take away?"),
        max_length=LONGEST["goal"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST["title"],
        required=False,
        help_text=_("“{name} and the kite”. Leave it empty and one is found for each."),
    )
    audience = forms.CharField(label=_("Who is it for?"), max_length=LONGEST["audience"], required=False)
    dedication = forms.CharField(
        label=_("Dedication"),
        max_length=LONGEST["dedication"],
        required=False,
        help_text=_("“For {name}, who asks the best questions.” A column “Dedication” takes its place."),
    )
    author_name = forms.CharField(label=_("Author on the cover"), max_length=LONGEST_AUTHOR, required=False)
    file = forms.FileField(
        label=_("The heroes"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        help_text=_(
            "A CSV file with a row for each, as a spreadsheet saves it: at most 500 rows. "
            "Only the name is needed."
        ),
    )

    def __init__(self, *args: Any, has_rows: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_rows:
            self.fields["file"].required = False
            self.fields["file"].label = _("Other heroes")
            self.fields["file"].help_text = _(
                "A file that takes the place of all rows. Without one they stay."
            )

    def clean_file(self) -> Sheet | None:
        file = self.cleaned_data.get("file")
        if not file:
            if self.fields["file"].required:
                raise forms.ValidationError(_("The file is empty."))
            return None
        try:
            return read_sheet(file.read(MOST_BYTES + 1))
        except BadSheet as error:
            raise forms.ValidationError(str(error)) from error

    def template(self, before: Template | None = None) -> Template:
        texts = {name: self.cleaned_data[name] for name in _TEXTS}
        return replace(before or Template(topic=""), **texts)

    def take_faults(self, faults: Mapping[str, Sequence[str]]) -> None:
        """Show what was refused beside the fields that it is about."""
        for name, sentences in faults.items():
            self.add_error(name if name in self.fields else None, list(sentences))


class RowForm(forms.Form):
    """A row's cells, by column: words to choose from where only some are known."""

    def __init__(self, data: Any = None, *, given: Mapping[str, str]) -> None:
        super().__init__(data, initial={c.key: _shown(c, given.get(c.key, "")) for c in COLUMNS})
        for column in COLUMNS:
            self.fields[column.key] = _field(column, given.get(column.key, ""))

    def cells(self) -> dict[str, str]:
        return {name: text for name, text in self.cleaned_data.items() if text}

    def take_faults(self, faults: Mapping[str, Sequence[str]]) -> None:
        for name, sentences in faults.items():
            self.add_error(name if name in self.fields else None, list(sentences))


def _field(column: Column, given: str) -> forms.Field:
    label = column_name(column.key)
    if not column.words:
        return forms.CharField(label=label, max_length=LONGEST_CELL, required=False)
    shown = _shown(column, given)
    words = column.allowed(reader_language())
    choices = [("", "—"), *((word, word) for word in words)]
    if shown and shown not in words:  # what the file said, to be seen and chosen away
        choices.append((shown, f"“{shown}”"))
    return forms.ChoiceField(label=label, choices=choices, required=False)


def _shown(column: Column, given: str) -> str:
    """A cell in the reader's words, where it is one of ours."""
    meant = column.meant(given) if column.words and given else None
    return column.word(meant, reader_language()) if meant else given
