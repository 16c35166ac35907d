"""Logo and colour of an organisation, and a person's picture."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from storage.marks import POSITIONS
from storage.pictures import MOST_MARK_BYTES, BadPicture
from storage.transcoding import Ready
from tenants.organisations.colours import is_colour

_ACCEPTED = "image/png,image/jpeg,image/webp"
SUGGESTED = (  # some that most people can tell from each other
    ("", _("Octavo’s own")),
    ("#9b2c2c", _("Brick")),
    ("#b45309", _("Amber")),
    ("#4d7c0f", _("Moss")),
    ("#0f766e", _("Teal")),
    ("#1d4ed8", _("Blue")),
    ("#6d28d9", _("Violet")),
    ("#be185d", _("Raspberry")),
)
OWN = "own"


class _PictureField(forms.FileField):
    """One file of a picture, to be made ready by the view: its bytes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": _ACCEPTED}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> bytes:
        file = super().clean(data, initial)
        return bytes(file.read(MOST_MARK_BYTES + 1))  # more than that is refused for its size


class LogoForm(forms.Form):
    picture = _PictureField(
        label=_("Picture"), help_text=_("PNG, JPEG or WebP, wider than high is best. It is made small.")
    )


class AccentForm(forms.Form):
    """A suggested colour, or one of one's own."""

    accent = forms.ChoiceField(
        label=_("Colour"), choices=[*SUGGESTED, (OWN, _("Another"))], widget=forms.RadioSelect, required=False
    )
    own = forms.CharField(
        label=_("Another colour"),
        required=False,
        max_length=7,
        help_text=_("As #rrggbb, such as #7a1f5c. Where it could not be read we make it darker or lighter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "#7a1f5c"}
        ),
    )

    def __init__(self, *args: Any, accent: str, **kwargs: Any) -> None:
        known = accent in dict(SUGGESTED)
        super().__init__(*args, **kwargs)
        self.initial = {"accent": accent if known else OWN, "own": "" if known else accent}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("accent") == OWN:
            data["own"] = str(data.get("own", "")).strip().lower()
            if not is_colour(data["own"]):
                self.add_error("own", _("A colour is written as #rrggbb."))
        return data

    @property
    def chosen(self) -> str:
        asked: str = self.cleaned_data["accent"]
        return self.cleaned_data["own"] if asked == OWN else asked


class PortraitForm(forms.Form):
    picture = _PictureField(label=_("Picture"), help_text=_("PNG, JPEG or WebP. A square is cut out of it."))
    position = forms.ChoiceField(
        label=_("Of a long picture, keep"),
        choices=[
            (position, label)
            for position, label in zip(
                POSITIONS, (_("the beginning"), _("the middle"), _("the end")), strict=True
            )
        ],
        initial="middle",
        required=False,
        widget=forms.RadioSelect,
    )


def ready_or_error(form: forms.Form, make: Any) -> Ready | None:
    """The picture of a form, made ready; None where it cannot be, which the form says then."""
    try:
        ready: Ready = make(form.cleaned_data["picture"])
    except BadPicture as error:
        form.add_error("picture", str(error))
        return None
    return ready
