"""Why a file cannot be imported at all, with the place in it."""

from __future__ import annotations

from partnerships.rules.wording import Translate, gettext_noop, untranslated, worded

MESSAGES: dict[str, str] = {
    "empty": gettext_noop("The file is empty."),
    "no-rows": gettext_noop("The file has no rows."),
    "encoding": gettext_noop(
        "Line %(line)s, column %(column)s: this is not UTF-8 (byte %(byte)s). Save the file as “CSV UTF-8”."
    ),
    "utf-16": gettext_noop("The file is in UTF-16. Save it as “CSV UTF-8”."),
    "zero": gettext_noop("Line %(line)s, column %(column)s: a zero byte. This is no text file."),
    "header-missing": gettext_noop(
        "Line 1: these columns are missing: %(missing)s. The first line names the columns; found: %(found)s."
    ),
    "header-twice": gettext_noop("Line %(line)s, column %(column)s: the column “%(name)s” is there twice."),
    "header-again": gettext_noop("Line %(line)s: the header is there a second time. Were two files joined?"),
    "cell-too-long": gettext_noop(
        "Line %(line)s, column %(column)s: a cell of %(found)s characters, at most %(most)s. "
        "Is a quotation mark left open?"
    ),
    "cell-endless": gettext_noop(
        "Line %(line)s: a cell of more than %(most)s characters. Is a quotation mark left open?"
    ),
    "quote-open": gettext_noop("Line %(line)s: a quotation mark is opened and never closed. Is the file cut off?"),
    "cut-off": gettext_noop("Line %(line)s, column %(column)s: the file ends in the middle of a row."),
    "csv": gettext_noop("Line %(line)s: this is no CSV (%(why)s)."),
    "xml": gettext_noop("Line %(line)s, column %(column)s: this is no complete XML (%(why)s)."),
    "xml-doctype": gettext_noop("The file declares a document type or entities, which the registry does not read."),
    "gexf": gettext_noop("This is XML and no GEXF network: there is no <graph> with nodes and edges."),
    "gexf-node": gettext_noop("Line %(line)s: the link names a place “%(node)s” that the file does not have."),
    "json": gettext_noop("Line %(line)s, column %(column)s: this is no complete JSON (%(why)s)."),
    "json-shape": gettext_noop(
        "This is JSON and no result of a Wikidata query: neither a list of rows nor “results” with “bindings”."
    ),
    "json-columns": gettext_noop("The results lack these variables: %(missing)s. Found: %(found)s."),
    "too-large": gettext_noop("The file has %(size)s MB; at most %(most)s MB of this format. Turn it into CSV."),
}


class Unusable(Exception):
    """Nothing of the file goes in."""

    def __init__(self, code: str, **params: object) -> None:
        self.code, self.params = code, params
        super().__init__(self.text())

    def text(self, translate: Translate = untranslated) -> str:
        return worded(MESSAGES[self.code], self.params, translate)
