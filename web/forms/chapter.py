"""Asking for a chapter to be written anew."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from generation.commission import LONGEST_INSTRUCTION


class RewriteForm(forms.Form):
    instruction = forms.CharField(
        label=_("What should be different?"),
        max_length=LONGEST_INSTRUCTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("“Shorter, and with more dialogue”, “let it rain from the start”."),
    )

    def take_faults(self, faults: dict[str, list[str]]) -> None:
        for name, sentences in faults.items():
            self.add_error(name if name in self.fields else None, sentences)
