"""The form that brings a book along."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from books.models import BookKind
from formats.importing import MOST_BYTES, BadImport


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.md,.markdown,.txt"}),
        help_text=_(
            "A zip file of Markdown and pictures, as every book here can be downloaded, or one Markdown "
            "file. Each first-level heading begins a chapter."
        ),
    )
    kind = forms.ChoiceField(
        label=_("What kind of book is it?"),
        choices=BookKind.choices,
        initial=BookKind.GUIDE,
        widget=forms.RadioSelect,
        help_text=_("For a file that does not say so itself."),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(str(BadImport("too-large", most=MOST_BYTES // 2**20)))
        return file
