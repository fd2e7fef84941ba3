"""The catalogues of translations in ``locale/``: take up the words of the code, check them, compile them.

    python -m sci_registry.catalogues extract   the words of the code are written to every catalogue
    python -m sci_registry.catalogues check     says what is not translated, out of date or wrong; 1 if anything is
    python -m sci_registry.catalogues compile   writes what Django reads, where a catalogue is newer

Plain Python through Babel, so that neither a fresh machine nor the image needs GNU gettext. Pages of staff speak
English alone: ``/admin/`` has no address in another language, so its words are not taken up.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_words
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

BASE = Path(__file__).resolve().parent.parent
LOCALE = BASE / "locale"
_ROOMS = ("sci_registry", "partnerships", "programs", "templates")
_STAFF = {"admin", "management", "migrations"}
_KEYWORDS: dict[str, Any] = {
    "_": None,
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "ngettext_noop"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
#: What has to come back in a translation as it is: names to be filled in, and tags.
_FIXED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?[a-z][^>]*>")
_HEADER = "Words of the Sister City Registry."
_NOISE = tuple(f'"{name}' for name in "Project-Id Report-Msgid POT PO-Rev Last-Translator Language-Team Gener".split())
#: Complaints that are printed at most.
_SHOWN = 40


def languages() -> list[str]:
    """The locales of the catalogues, such as ``zh_Hans``."""
    return sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))


def words() -> Catalog:
    """Every word of the code that a reader may see in another language, with where it stands."""
    found = Catalog(header_comment=f"# {_HEADER}", fuzzy=False, charset="utf-8")
    for path in _sources():
        for _line, message, comments, context in extract_words(
            "python", _python(path), keywords=_KEYWORDS, comment_tags=("Translators:",)
        ):
            found.add(message, locations=[(str(path.relative_to(BASE)), 0)], auto_comments=comments, context=context)
    return found


def complaints(locale: str, wanted: Catalog) -> Iterator[str]:
    """What is wrong with one catalogue: words without translation, marked as uncertain, no longer used, or broken."""
    catalogue = _read(locale)
    for message in wanted:
        if not message.id:
            continue
        held = catalogue.get(message.id, message.context)
        if held is None or not _whole(held, catalogue.num_plurals):
            yield f"{locale}: not translated: {_first(message)}"
        elif held.fuzzy:
            yield f"{locale}: uncertain: {_first(message)}"
        else:
            yield from (f"{locale}: {why}: {_first(message)}" for why in _broken(held))
    for message in catalogue:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"{locale}: no longer used: {_first(message)}"


def extract() -> None:
    """Write the words of the code to every catalogue; what is translated stays, what nobody uses goes."""
    wanted = words()
    for locale in languages():
        catalogue = _read(locale)
        catalogue.update(wanted, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        _source(locale).write_bytes(_written(catalogue))


def compile_newer() -> list[str]:
    """Write the ``.mo`` of each catalogue that is newer than it; which they were."""
    done = []
    for locale in languages():
        source, compiled = _source(locale), _source(locale).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        held = io.BytesIO()
        write_mo(held, _read(locale))
        # Beside it first: another process may be reading.
        fresh = compiled.with_suffix(f".mo.{id(held):x}")
        fresh.write_bytes(held.getvalue())
        fresh.replace(compiled)
        done.append(locale)
    return done


def _written(catalogue: Catalog) -> bytes:
    """Without the dates and names of a header: they would differ, and meet in a merge, whenever anything changed."""
    held = io.BytesIO()
    write_po(held, catalogue, width=0, include_lineno=False, sort_output=True)
    kept = [line for line in held.getvalue().decode().splitlines() if not line.startswith(_NOISE)]
    return ("\n".join(kept).rstrip() + "\n").encode()


def _source(locale: str) -> Path:
    return LOCALE / locale / "LC_MESSAGES" / "django.po"


def _read(locale: str) -> Catalog:
    with _source(locale).open("rb") as file:
        return read_po(file, locale=locale)


def _sources() -> Iterator[Path]:
    for room in _ROOMS:
        for path in sorted((BASE / room).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and not _STAFF & set(path.relative_to(BASE).parts):
                yield path


def _python(path: Path) -> io.BytesIO:
    """The source itself, or what Django makes of a template; its indentation means nothing, and is taken away."""
    text = path.read_text()
    if path.suffix != ".py":
        from django.utils.translation.template import templatize  # it needs settings

        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return io.BytesIO(text.encode())


def _first(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _whole(message: Message, plurals: int) -> bool:
    forms = _forms(message)
    return all(forms) and (isinstance(message.id, str) or len(forms) == plurals)


def _broken(message: Message) -> Iterator[str]:
    """A name to be filled in, or a tag, that was lost or invented. A form for few may say its number in a word ("one
    city"); the last form, which is for many, may not."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = [sorted(_FIXED.findall(one)) for one in ids]
    forms = _forms(message)
    for place, form in enumerate(forms):
        found = sorted(_FIXED.findall(form))
        in_words = place < len(forms) - 1 and not Counter(found) - Counter(allowed[-1])
        if found not in allowed and not in_words:
            yield f"names or tags differ in {form!r}"
        if (ids[-1][:1] == "\n") != (form[:1] == "\n") or (ids[-1][-1:] == "\n") != (form[-1:] == "\n"):
            yield f"line ends differ in {form!r}"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="The catalogues of translations in locale/.")
    parser.add_argument("what", choices=("extract", "check", "compile"))
    what = parser.parse_args(argv).what
    if what == "compile":
        compile_newer()
        return 0
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
    if what == "extract":
        extract()
        return 0
    wanted = words()
    found = [complaint for locale in languages() for complaint in complaints(locale, wanted)]
    for complaint in found[:_SHOWN]:
        sys.stderr.write(f"{complaint}\n")
    sys.stdout.write(f"{len(wanted)} words, {len(languages())} languages, {len(found)} complaints\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
