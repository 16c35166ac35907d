"""Domains of an organisation's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.domains.claiming import JOINABLE
from tenants.domains.names import MOST_TYPED
from tenants.models import Purpose

NOBODY = ("", _("Nobody joins by themselves"))


class JoiningForm(forms.Form):
    """In which role people with an address at a domain may join."""

    joins_as = forms.ChoiceField(
        label=_("Who has an address there joins as"),
        choices=[NOBODY, *((role.value, role.label) for role in JOINABLE)],
        required=False,
        help_text=_("Somebody whom you have removed does not come back this way."),
    )


class ClaimForm(JoiningForm):
    """`hosts` says whether a web address is offered beside the domain of e-mail addresses."""

    domain = forms.CharField(
        label=_("Domain"),
        max_length=MOST_TYPED,
        help_text=_("Such as example.com for addresses, or books.example.com for your pages."),
        widget=forms.TextInput(
            attrs={
                "inputmode": "url",
                "autocapitalize": "none",
                "autocomplete": "off",
                "spellcheck": "false",
                "maxlength": None,
            }
        ),
    )
    purpose = forms.ChoiceField(
        label=_("What for?"), choices=Purpose.choices, widget=forms.RadioSelect, initial=Purpose.EMAIL
    )
    field_order = ["domain", "purpose", "joins_as"]

    def __init__(self, *args: Any, hosts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not hosts:
            self.fields["purpose"].widget = forms.HiddenInput()
            self.fields["domain"].help_text = _("Such as example.com.")


class HostForm(forms.Form):
    """Which of an organisation's hosts links lead to; `hosts` are pairs of host and what is shown of it."""

    host = forms.ChoiceField(label=_("Links in e-mails and on Octavo lead to"), required=False)

    def __init__(self, *args: Any, hosts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["host"]
        field.widget = forms.RadioSelect()
        field.choices = hosts
