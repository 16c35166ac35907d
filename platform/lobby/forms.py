"""What is asked of somebody who makes an organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from tenants.accounts.models import User, UserManager
from tenants.models import Organisation


class NewOrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, address and language. Without an address, one is made from the name."""

    class Meta:
        model = Organisation
        fields = ["name", "slug", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "organization"
        slug = self.fields["slug"]
        slug.required = False
        slug.help_text = _(
            "Its pages are found at this name, before .%(host)s. Left empty, it is made from the name."
        ) % {"host": settings.PUBLIC_HOST}
        slug.widget.attrs |= {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        self.fields["language"] = forms.ChoiceField(
            label=gettext_lazy("Language"),
            choices=[
                (code, get_language_info(code)["name_local"].capitalize()) for code, _n in settings.LANGUAGES
            ],
            initial=get_language(),
            widget=forms.RadioSelect,
            help_text=gettext_lazy("For messages to people whose own language is not known."),
        )

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).strip().lower()

    def validate_unique(self) -> None:
        """Left to the making itself, which knows former addresses and a form that was sent twice."""


class DeleteAccountForm(forms.Form):
    """Proof that it is the account's own person: the password, or the address where there is none."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        if user.has_usable_password():
            self.fields["password"] = forms.CharField(
                label=gettext_lazy("Password"),
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )
        else:
            self.fields["email"] = forms.CharField(
                label=gettext_lazy("Type your e-mail address to confirm"),
                widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            )

    def clean_password(self) -> str:
        if not self._user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("That is not your password."))
        return ""

    def clean_email(self) -> str:
        if UserManager.normalize_email(self.cleaned_data["email"]) != self._user.email:
            raise forms.ValidationError(_("That is not the address of your account."))
        return ""
