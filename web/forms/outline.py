"""The outline as a form: titles and beats to change, chapters to move, add and leave out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from generation.outlines import LONGEST_TITLE


class OutlineForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    subtitle = forms.CharField(label=_("Subtitle"), max_length=LONGEST_TITLE, required=False)
    premise = forms.CharField(label=_("In short"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ChapterForm(forms.Form):
    number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, required=False)
    beats = forms.CharField(
        label=_("What it covers, one point a line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def beats_list(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data.get("beats", "").splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("beats") and not cleaned.get("title"):
            self.add_error("title", _("A chapter needs a title."))
        return cleaned


ChapterFormSet = forms.formset_factory(ChapterForm, extra=1, can_order=True, can_delete=True, max_num=120)


def initial_chapters(chapters: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """An outline's chapters as the rows of the form."""
    return [
        {"number": one["number"], "title": one["title"], "beats": "\n".join(one.get("beats") or ())}
        for one in chapters
    ]


def chosen_chapters(rows: forms.BaseFormSet[ChapterForm]) -> list[dict[str, Any]]:
    """The rows in their order, as `generation.commission.approve_outline` takes them; those without a title
    are not there.
    """
    return [
        {
            "title": row.cleaned_data["title"],
            "beats": row.beats_list,
            **({"number": row.cleaned_data["number"]} if row.cleaned_data.get("number") else {}),
        }
        for row in rows.ordered_forms
        if row.cleaned_data.get("title")
    ]
