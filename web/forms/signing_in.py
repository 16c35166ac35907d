"""An organisation's own OpenID Connect provider."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.domains.claiming import JOINABLE
from tenants.models import SingleSignOn
from tenants.single_sign_on.configuring import Wishes

NOBODY = ("", _("Nobody: people are invited first"))
_SHOWN = ("name", "issuer", "client_id", "joins_as")
_PLAIN = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


class SingleSignOnForm(forms.Form):
    """`known` is what is set up already: its secret is not shown, and stays where none is typed."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("On the button: “Continue with …”. Such as “Okta”.")
    )
    issuer = forms.CharField(
        label=_("Issuer"),
        max_length=500,
        help_text=_("The provider’s own address, such as https://login.example.com."),
        widget=forms.URLInput(attrs=_PLAIN),
    )
    client_id = forms.CharField(label=_("Client ID"), max_length=300, widget=forms.TextInput(attrs=_PLAIN))
    secret = forms.CharField(
        label=_("Client secret"),
        max_length=1000,
        widget=forms.PasswordInput(attrs={**_PLAIN, "autocomplete": "new-password"}),
    )
    joins_as = forms.ChoiceField(
        label=_("Whom it knows joins as"),
        choices=[NOBODY, *((role.value, role.label) for role in JOINABLE)],
        required=False,
        help_text=_("Somebody whom you have removed does not come back this way."),
    )

    def __init__(self, *args: Any, known: SingleSignOn | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(known, name) for name in _SHOWN if known}
        if known:
            self.fields["secret"].required = False
            self.fields["secret"].help_text = _("It is set. Type another one to replace it.")

    def wishes(self) -> Wishes:
        return Wishes(**self.cleaned_data)
