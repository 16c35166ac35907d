"""A style sheet of the member's own for the pages of the PDF."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from generation.designing import LONGEST_STYLESHEET


class StylesheetForm(forms.Form):
    stylesheet = forms.CharField(
        label=_("Style sheet (CSS)"),
        required=False,
        max_length=LONGEST_STYLESHEET,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code-input"}),
        help_text=_("CSS for paged media. It follows our own and may change whatever that says."),
    )
