"""What is refused at reading a book, with the limits, and the sentences that say so."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
MOST_BYTES = 64 * MEGABYTE  # of what is sent
MOST_UNPACKED = 160 * MEGABYTE
MOST_MEMBERS = 2_000
MOST_TEXT = 12 * MEGABYTE  # of all Markdown together
MOST_PICTURE = 32 * MEGABYTE
MOST_RATIO = 100  # unpacked to packed, of a member larger than a megabyte
MOST_DIRECTORY = 1 * MEGABYTE  # of the zip file's list of members
MOST_FRONT_MATTER = 100_000  # characters
MOST_TITLE = 20_000  # characters of its line

SENTENCES = {
    "empty": _("The file is empty."),
    "too-large": _("The file is larger than %(most)s MB."),
    "not-a-zip": _("This is neither a zip file nor a Markdown file."),
    "damaged": _("The zip file is damaged: “%(member)s” cannot be read."),
    "too-many": _("The zip file holds more than %(most)s files."),
    "encrypted": _("“%(member)s” is encrypted. Save the zip file without a password."),
    "packed-unusually": _("“%(member)s” is packed in a way that cannot be read. Use an ordinary zip file."),
    "outside": _("“%(member)s” has a name that leads out of the zip file."),
    "link": _("“%(member)s” is a link to another file. Put the file itself into the zip file."),
    "twice": _("“%(member)s” is in the zip file twice."),
    "unpacked": _("Unpacked, the zip file is larger than %(most)s MB."),
    "bomb": _("“%(member)s” unpacks to far more than a book needs."),
    "member-too-large": _("“%(member)s” is larger than %(most)s MB."),
    "no-text": _("The zip file holds no Markdown file: no name ends in .md."),
    "not-utf-8": _("“%(member)s” is not UTF-8 text: line %(line)s holds other bytes."),
    "bad-picture": _("“%(member)s” cannot be used: it is not a whole JPEG or PNG of at most 40 megapixels."),
    "other-picture": _("“%(member)s” is a kind of picture that cannot be used. Save it as JPEG or PNG."),
    "no-such-picture": _("“%(member)s” is named as the cover, but is not in the zip file."),
    "front-matter": _("The front matter of “%(member)s” cannot be read: see line %(line)s."),
    "field": _("In the front matter of “%(member)s”, “%(field)s” is not as it has to be."),
    "no-chapter": _("“%(member)s” holds no text."),
    "language": _("The book is in “%(language)s”. So far, books are in English or French."),
    "too-long": _("“%(beginning)s…” is too long for its place: %(found)s characters, at most %(most)s."),
    "too-many-of": _("The book has %(found)s %(what)s; at most %(most)s can be imported."),
    "refused": "%(words)s",
    "title-too-long": _("“%(member)s”, line %(line)s: a title is longer than %(most)s characters."),
}


class BadImport(ValueError):
    """The book cannot be read. `code` is one of `SENTENCES`; str() is for the member, in their language."""

    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code, self.figures = code, figures

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % self.figures
