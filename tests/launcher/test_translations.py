"""Texts are collected from Python and templates, and missing ones are found."""

import gettext

import pytest

from launcher import translations

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

_("Save")
gettext_lazy("Two lines "
             "in one")
ngettext("%(count)d book", "%(count)d books", 2)
pgettext("month", "May")
"""
TEMPLATE = """{% load i18n %}
  {% if book %}<p class="x">{% translate "Read it" %}</p>{% endif %}
    {% blocktranslate trimmed count n=books %}
      One book
    {% plural %}
      {{ n }} books
    {% endblocktranslate %}
<c-button label="{% translate 'Inside an attribute' %}" hint="{{ _('As a filter')|upper }}">
{# Translators: a note #}
{% blocktranslate %}It’s 100% {{ name }}{% endblocktranslate %}
{% translate "May" context "verb" %}
"""


@pytest.fixture
def clone(tmp_path, monkeypatch):
    (tmp_path / "books" / "templates" / "books").mkdir(parents=True)
    (tmp_path / "books" / "names.py").write_text(PYTHON)
    (tmp_path / "books" / "templates" / "books" / "page.html").write_text(TEMPLATE)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text('_("Not for readers")')
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "VAR", tmp_path / "var")
    monkeypatch.setattr(translations, "LOCALES", tmp_path / "locale")
    monkeypatch.setattr(translations, "STAMP", tmp_path / "var" / "translations.stamp")
    return tmp_path


def ids():
    return {message.id for message in translations.collect() if message.id}


def catalogue():
    return translations.catalogue("fr")


def translate(**pairs):
    text = catalogue().read_text()
    for english, french in pairs.items():
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{french}"')
    catalogue().write_text(text)


def test_texts_of_python_and_templates_are_collected(clone):
    assert ids() == {
        "Save", "Two lines in one", ("%(count)d book", "%(count)d books"), "May",
        "Read it", ("One book", "%(n)s books"), "Inside an attribute", "As a filter", "It’s 100%% %(name)s",
    }  # fmt: skip
    assert {message.context for message in translations.collect() if message.id == "May"} <= {"month", "verb"}


def test_missing_names_language_text_and_file(clone):
    assert "fr: not in the catalogue: 'Save' (books/names.py)" in translations.missing()
    translations.update()
    assert "fr: not translated: 'Save' (books/names.py)" in translations.missing()
    translate(Save="Enregistrer")
    assert not [line for line in translations.missing() if "'Save'" in line]


def test_missing_finds_fuzzy_texts_and_lost_places(clone):
    translations.update()
    translate(Save="Enregistrer")
    text = catalogue().read_text()
    text = text.replace('#: books/names.py\nmsgid "Save"', '#: books/names.py\n#, fuzzy\nmsgid "Save"')
    text = text.replace(
        'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "un livre"\nmsgstr[1] "%(number)d livres"', 1
    )
    catalogue().write_text(text)
    lines = translations.missing()
    assert "fr: marked as fuzzy: 'Save' (books/names.py)" in lines
    assert [line for line in lines if "placeholder" in line or "named" in line or "unknown" in line]


def test_update_keeps_translations_and_drops_what_is_gone(clone):
    translations.update()
    translate(Save="Enregistrer")
    (clone / "books" / "names.py").write_text('_("Save")\n_("New")\n')
    translations.update()
    text = catalogue().read_text()
    assert 'msgid "Save"\nmsgstr "Enregistrer"' in text
    assert 'msgid "New"\nmsgstr ""' in text
    assert "Two lines" not in text


def test_update_twice_changes_nothing(clone):
    translations.update()
    first = catalogue().read_text().replace("\n", "")
    translations.update()
    assert without_dates(catalogue().read_text().replace("\n", "")) == without_dates(first)


def without_dates(text):
    return "".join(part for part in text.split('"') if "Date" not in part)


def test_ensure_compiles_what_django_reads_once(clone):
    translations.update()
    translate(Save="Enregistrer")
    translations.ensure()
    compiled = catalogue().with_suffix(".mo")
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Save") == "Enregistrer"

    compiled.write_bytes(b"left alone")
    translations.ensure()
    assert compiled.read_bytes() == b"left alone"
    translate(**{"Read it": "À lire"})
    translations.ensure()
    assert compiled.read_bytes() != b"left alone"
