"""The new-book form: one form, shown in steps where scripts run and as a long page where they do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from books.models import BookKind, BookLanguage, Pronoun
from generation.briefs import LONGEST, LONGEST_NAME
from generation.contract import HeroBrief
from web.forms.looks import COLOURS, COMPANIONS, HAIR_COLOURS, HAIR_STYLES, OUTFITS, SKINS

OUTLINE_FIRST, STRAIGHT_ON = "outline", "straight"


class NewBookForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What kind of book?"),
        choices=BookKind.choices,
        initial=BookKind.STORY,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("In which language?"), choices=BookLanguage.choices, widget=forms.RadioSelect
    )

    topic = forms.CharField(
        label=_("What is it about?"),
        max_length=LONGEST["topic"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A sentence is enough: “starting a community garden”, “a lost kite that wants to go home”."
        ),
    )
    goal = forms.CharField(
        label=_("What should readers take away?"),
        max_length=LONGEST["goal"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("“A plan for the first season”, “that asking for help is brave”."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST["title"],
        required=False,
        help_text=_("Leave it empty and one is found for you."),
    )

    audience = forms.CharField(
        label=_("Who is it for?"),
        max_length=LONGEST["audience"],
        required=False,
        help_text=_("“Neighbours who have never gardened”, “a class of ten-year-olds”."),
    )
    tone = forms.CharField(
        label=_("How should it sound?"),
        max_length=LONGEST["tone"],
        required=False,
        help_text=_("“Plain and encouraging”, “dry, with a wink”."),
    )

    hero_name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, required=False)
    hero_age = forms.IntegerField(label=_("Age"), min_value=1, max_value=120, initial=6, required=False)
    pronoun = forms.ChoiceField(
        label=_("Pronoun"),
        choices=Pronoun.choices,
        initial=Pronoun.THEY,
        required=False,
        widget=forms.RadioSelect,
    )
    skin = forms.ChoiceField(
        label=_("Skin"), choices=SKINS, initial="brown", required=False, widget=forms.RadioSelect
    )
    hair = forms.ChoiceField(label=_("Hair"), choices=HAIR_STYLES, initial="curly", required=False)
    hair_colour = forms.ChoiceField(
        label=_("Hair colour"),
        choices=HAIR_COLOURS,
        initial="black",
        required=False,
        widget=forms.RadioSelect,
    )
    outfit = forms.ChoiceField(label=_("Clothes"), choices=OUTFITS, initial="coat", required=False)
    colour = forms.ChoiceField(
        label=_("Colour of the clothes"),
        choices=COLOURS,
        initial=COLOURS[0][0],
        required=False,
        widget=forms.RadioSelect,
    )
    glasses = forms.BooleanField(label=_("Glasses"), required=False)
    freckles = forms.BooleanField(label=_("Freckles"), required=False)
    companion = forms.ChoiceField(label=_("Companion"), choices=COMPANIONS, initial="fox", required=False)
    companion_name = forms.CharField(label=_("The companion’s name"), max_length=LONGEST_NAME, required=False)

    notes = forms.CharField(
        label=_("Your notes"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One fact or thought a line. A guide is written from them, and every fact in it is yours; "
            "a story weaves in what fits."
        ),
    )
    author_name = forms.CharField(label=_("Author on the cover"), max_length=120, required=False)
    dedication = forms.CharField(
        label=_("Dedication"),
        max_length=LONGEST["dedication"],
        required=False,
        help_text=_("“For Noor, who asks the best questions.”"),
    )
    begin = forms.ChoiceField(
        label=_("How do you want to begin?"),
        choices=[
            (OUTLINE_FIRST, _("Show me the outline first")),
            (STRAIGHT_ON, _("Just write it")),
        ],
        initial=STRAIGHT_ON,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == BookKind.STORY and not cleaned.get("hero_name"):
            self.add_error("hero_name", _("Give the hero a name."))
        return cleaned

    def wishes(self) -> dict[str, Any]:
        """What `generation.commission.commission_book` is asked for, without the membership."""
        data = self.cleaned_data
        story = data["kind"] == BookKind.STORY
        return {
            **{name: data[name] for name in _PLAIN},
            "notes": tuple(filter(None, (line.strip() for line in data["notes"].splitlines()))),
            "hero": hero_brief(data) if story else None,
            "approve_outline": data["begin"] == OUTLINE_FIRST,
        }

    def take_faults(self, faults: dict[str, list[str]]) -> None:
        """Show what the pipeline refused beside the fields that it is about."""
        for name, sentences in faults.items():
            field = _FIELD_OF.get(name, name)
            self.add_error(field if field in self.fields else None, sentences)


_PLAIN = ("kind", "language", "topic", "goal", "title", "audience", "tone", "author_name", "dedication")
_LOOKS = ("skin", "hair", "hair_colour", "outfit", "colour")
_FIELD_OF = {
    "hero.name": "hero_name",
    "hero.age": "hero_age",
    **{f"hero.{name}": name for name in (*_LOOKS, "pronoun", "companion", "companion_name")},
}


def hero_brief(data: dict[str, Any]) -> HeroBrief:
    """The hero of a cleaned form; what was left open is as the contract has it."""
    given = {
        "age": data.get("hero_age"),
        "companion": data.get("companion"),
        **{name: data.get(name) for name in (*_LOOKS, "pronoun", "companion_name")},
    }
    return replace(
        HeroBrief(name=data.get("hero_name") or ""),
        glasses=bool(data.get("glasses")),
        freckles=bool(data.get("freckles")),
        **{name: value for name, value in given.items() if value},
    )
