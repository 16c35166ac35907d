"""What a publisher says of a book beside its text: identifiers, people, subjects, front and back matter."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from books.models.writing import Book
from tenants.keys import uuid7


class BookMetadata(models.Model):
    """A book's bibliographic data. Made when first edited: a book without a row has the defaults.

    The ISBNs are 13 digits without hyphens. `subjects` is a list of {"scheme": "thema" or "bisac", "code"}
    and `keywords` a list of words. `back_text` stands on the back of a printed cover.
    """

    book = models.OneToOneField(Book, on_delete=models.CASCADE, primary_key=True, related_name="metadata")
    isbn_print = models.CharField(_("ISBN of the printed book"), max_length=13, blank=True)
    isbn_ebook = models.CharField(_("ISBN of the e-book"), max_length=13, blank=True)
    publisher = models.CharField(_("Publisher or imprint"), max_length=200, blank=True)
    published_on = models.DateField(_("Date of publication"), null=True, blank=True)
    edition = models.CharField(_("Edition statement"), max_length=120, blank=True)
    rights = models.CharField(_("Copyright and rights"), max_length=500, blank=True)
    series = models.CharField(_("Series"), max_length=200, blank=True)
    series_number = models.CharField(_("Number in the series"), max_length=20, blank=True)
    ai_disclosure = models.CharField(
        _("What AI had a part in"), max_length=500, blank=True, default="", db_default=""
    )
    description = models.TextField(_("Description"), max_length=4000, blank=True)
    back_text = models.TextField(_("Text on the back cover"), max_length=2000, blank=True)
    subjects = models.JSONField(_("Subjects"), default=list, blank=True)
    keywords = models.JSONField(_("Keywords"), default=list, blank=True)
    contents_depth = models.PositiveSmallIntegerField(
        _("Depth of the contents page"), default=1, validators=[MinValueValidator(0), MaxValueValidator(3)]
    )
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.isbn_print or str(self.book_id)


class Contributor(models.Model):
    """A person who had a part in a book, under the role that MARC's relators give it."""

    class Role(models.TextChoices):
        AUTHOR = "aut", _("Author")
        EDITOR = "edt", _("Editor")
        ILLUSTRATOR = "ill", _("Illustrator")
        TRANSLATOR = "trl", _("Translator")
        PHOTOGRAPHER = "pht", _("Photographer")
        INTRODUCTION = "aui", _("Author of the introduction")
        AFTERWORD = "aft", _("Author of the afterword")
        COVER = "cov", _("Cover designer")
        OTHER = "ctb", _("Contributor")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="contributors")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=3, choices=Role.choices, default=Role.AUTHOR)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class BookSection(models.Model):
    """A piece of front or back matter, in Markdown without its own heading."""

    class Placement(models.TextChoices):
        FRONT = "FRONT", _("Before the text")
        BACK = "BACK", _("After the text")

    class Role(models.TextChoices):
        EPIGRAPH = "epigraph", _("Epigraph")
        FOREWORD = "foreword", _("Foreword")
        PREFACE = "preface", _("Preface")
        INTRODUCTION = "introduction", _("Introduction")
        PROLOGUE = "prologue", _("Prologue")
        EPILOGUE = "epilogue", _("Epilogue")
        AFTERWORD = "afterword", _("Afterword")
        ACKNOWLEDGMENTS = "acknowledgments", _("Acknowledgements")
        ABOUT_AUTHOR = "about-author", _("About the author")
        ALSO_BY = "also-by", _("Also by the author")
        APPENDIX = "appendix", _("Appendix")
        GLOSSARY = "glossary", _("Glossary")
        BIBLIOGRAPHY = "bibliography", _("Bibliography")
        SECTION = "section", _("Another section")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="matter")
    placement = models.CharField(max_length=5, choices=Placement.choices, default=Placement.BACK)
    position = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.SECTION)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=200_000)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["placement", "position", "id"]

    def __str__(self) -> str:
        return self.title
