"""Naming an edition."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from generation.editions import LONGEST_NAME


class EditionForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the edition"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Such as “First printing” or “As sent to Rosa”. Without a name it gets its number."),
    )
