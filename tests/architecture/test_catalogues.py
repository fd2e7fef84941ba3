"""Every language of the registry is complete: no word is missing, uncertain, out of date or broken."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

from sci_registry import catalogues


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return catalogues.words()


def test_each_language_that_is_offered_has_a_catalogue_and_no_other_has() -> None:
    offered = {to_locale(code) for code, _name in settings.LANGUAGES} - {to_locale(settings.LANGUAGE_CODE)}
    assert set(catalogues.languages()) == offered


def test_words_of_pages_forms_letters_and_rules_are_taken_up_and_those_of_staff_are_not(wanted: Catalog) -> None:
    assert wanted.get("Skip to the main content") is not None
    assert wanted.get("Sister") is not None
    assert wanted.get("%(count)s participant") is not None
    found = {path for message in wanted for path, _line in message.locations}
    assert not [path for path in found if "/admin/" in path or "/management/" in path]


@pytest.mark.parametrize("locale", catalogues.languages())
def test_a_language_is_complete(locale: str, wanted: Catalog) -> None:
    assert list(catalogues.complaints(locale, wanted)) == []


def _catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, entry: str) -> Catalog:
    """One French catalogue with one entry, and words of the code that ask for it in the singular and the plural."""
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n' + entry
    )
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    words = Catalog()
    words.add(("%(count)s city", "%(count)s cities"))
    return words


_ASKED = 'msgid "%(count)s city"\nmsgid_plural "%(count)s cities"\n'


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (f'{_ASKED}msgstr[0] ""\nmsgstr[1] ""\n', "not translated"),
        (f'{_ASKED}msgstr[0] "%(count)s ville"\nmsgstr[1] ""\n', "not translated"),
        (f'#, fuzzy\n{_ASKED}msgstr[0] "%(count)s ville"\nmsgstr[1] "%(count)s villes"\n', "uncertain"),
        (f'{_ASKED}msgstr[0] "%(count)s ville"\nmsgstr[1] "%(nombre)s villes"\n', "names or tags differ"),
        ('msgid "Gone"\nmsgstr "Parti"\n', "no longer used"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_found(
    entry: str, complaint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = _catalogue(monkeypatch, tmp_path, entry)
    assert any(complaint in found for found in catalogues.complaints("fr", words))


def test_a_whole_translation_passes_and_is_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    entry = f'{_ASKED}msgstr[0] "%(count)s ville"\nmsgstr[1] "%(count)s villes"\n'
    words = _catalogue(monkeypatch, tmp_path, entry)
    assert list(catalogues.complaints("fr", words)) == []
    assert catalogues.compile_newer() == ["fr"]
    assert catalogues.compile_newer() == []


def test_taking_up_words_keeps_translations_and_drops_what_nobody_uses(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    entry = f'{_ASKED}msgstr[0] "%(count)s ville"\nmsgstr[1] "%(count)s villes"\n\nmsgid "Gone"\nmsgstr "Parti"\n'
    words = _catalogue(monkeypatch, tmp_path, entry)
    monkeypatch.setattr(catalogues, "words", lambda: words)
    catalogues.extract()
    held = read_po(io.BytesIO((tmp_path / "fr" / "LC_MESSAGES" / "django.po").read_bytes()))
    assert [message.id for message in held if message.id] == [("%(count)s city", "%(count)s cities")]
    assert list(catalogues.complaints("fr", words)) == []
