"""The form that puts a member's own picture in the place of one of the book's."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from storage.pictures import MOST_BYTES, BadPicture


class PictureForm(forms.Form):
    file = forms.FileField(
        label=_("Another picture"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.gif,.avif"}),
        help_text=_(
            "JPEG, PNG, WebP, GIF or AVIF, of at most 40 megapixels. Where it was taken and with which "
            "camera is not passed on. Left empty, the picture stays and the description alone changes."
        ),
    )
    alt = forms.CharField(
        label=_("What the picture shows"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence, for readers who cannot see it."),
    )

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(str(BadPicture("picture-bytes")))
        return file
