"""An AI service of the organisation's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from generation.models import OwnProvider
from generation.own_providers import LONGEST_ADDRESS, LONGEST_KEY, LONGEST_MODEL, Service, Wishes

_PLAIN = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
_SECRET = {**_PLAIN, "autocomplete": "new-password"}


class ServiceForm(forms.Form):
    """`known` is what is set up already: its key is not shown, and stays where none is typed."""

    service: str

    address = forms.CharField(max_length=LONGEST_ADDRESS, widget=forms.URLInput(attrs=_PLAIN))
    key = forms.CharField(max_length=LONGEST_KEY, required=False, widget=forms.PasswordInput(attrs=_SECRET))

    def __init__(self, *args: Any, known: OwnProvider | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known is not None and known.service == self.service:
            self.initial = {name: getattr(known, name) for name in ("address", "model", "protocol")}
            self.fields["key"].help_text = _(
                "It is set. Type another one to replace it; for another address it has to be typed again."
            )

    def wishes(self) -> Wishes:
        return Wishes(service=self.service, **self.cleaned_data)

    def take_faults(self, faults: dict[str, str]) -> None:
        for field, told in faults.items():
            self.add_error(field if field in self.fields else None, told)


class ModelServerForm(ServiceForm):
    service = Service.OPENAI

    model = forms.CharField(
        label=_("Model"),
        max_length=LONGEST_MODEL,
        help_text=_("Its name, as the server has it."),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    protocol = forms.ChoiceField(
        label=_("Protocol"),
        choices=OwnProvider.Protocol.choices,
        help_text=_("OpenAI has both. Most other servers have chat completions alone."),
    )

    field_order = ("address", "key", "model", "protocol")

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].label = _("Address")
        self.fields["address"].help_text = self.fields["address"].help_text or _(
            "The base address, such as https://api.openai.com/v1."
        )
        self.fields["key"].label = _("API key")
        if purpose == OwnProvider.Purpose.PICTURES:
            del self.fields["protocol"]


class CrewForm(ServiceForm):
    service = Service.CREWAI

    field_order = ("address", "key")

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].label = _("Address of the crew")
        self.fields["address"].help_text = _("Such as https://my-book-crew.crewai.com.")
        self.fields["key"].label = _("Bearer token")


FORMS = {Service.OPENAI: ModelServerForm, Service.CREWAI: CrewForm}
