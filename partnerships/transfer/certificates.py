"""A certificate as a tagged PDF (PDF/UA-1), typeset by typst from ``certificate.typ``.

Needs fonts of the machine for scripts beyond Latin, Greek and Cyrillic. Without them names in their own script and the
second language are left out, and the certificate says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import qrcode
import structlog
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext as _
from django_countries import countries
from qrcode.image.svg import SvgPathImage

from partnerships.selectors import timeline
from partnerships.selectors.certificates import Certificate, Party
from partnerships.selectors.dossiers import AgreementRow
from partnerships.templatetags.registry import label_of, partial_date

if TYPE_CHECKING:
    import typst

MEDIA_TYPE = "application/pdf"
log = structlog.get_logger(__name__)

_TEMPLATE = Path(__file__).with_name("certificate.typ")
#: Tried in this order for every letter; then whatever else the machine has. The one of CJK depends on the language.
_FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai")
_LAST = ("DejaVu Sans", "Libertinus Serif")
_CJK = {"ja": "JP", "zh": "SC", "ko": "KR"}
Words = dict[str, Any]


def second_language(certificate: Certificate, reader: str) -> str:
    """The language beside English: the reader's, else the likeliest offered one of the partner; or none."""
    offered = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    plain = {code.partition("-")[0]: code for code in reversed(offered)}
    wanted = (reader, *certificate.languages)
    found = (code if code in offered else plain.get(code.partition("-")[0], "") for code in wanted)
    return next(filter(None, found), "")


def pdf(certificate: Certificate, *, address: str, language: str = "") -> bytes:
    """``address``: where the code can be checked. ``language``: of the second part, empty for none."""
    spoken = [settings.LANGUAGE_CODE, *filter(None, [language])]
    try:
        return _typeset(_document(certificate, address, spoken))
    except RuntimeError as problem:
        log.warning("certificate_without_own_scripts", number=certificate.number, problem=str(problem)[:200])
    plain = replace(
        certificate,
        parties=tuple(replace(party, row=replace(party.row, native_name="")) for party in certificate.parties),
    )
    document = _document(plain, address, spoken[:1], left_out=True)
    try:
        return _typeset(document)
    except RuntimeError:
        # Some name has no other script; boxes in its place are better than no certificate at all.
        return _typeset(document, standard="1.7")


def _typeset(document: Words, standard: str = "ua-1") -> bytes:
    # Loaded here: a server that makes no certificate does without its 80 MB.
    import typst

    compiler = typst.Compiler(font_paths=_fonts())
    made = compiler.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(document, ensure_ascii=False)},
        pdf_standards=[standard],  # type: ignore[list-item]
        timestamp=document["made"],
    )
    return bytes(made)  # type: ignore[arg-type]


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=settings.CERTIFICATE_FONTS)


def _families(languages: Iterable[str]) -> list[str]:
    """Those of the machine; the CJK one of the languages first, because one letter looks different in each."""
    regions = [_CJK[code[:2]] for code in languages if code[:2] in _CJK]
    cjk = [f"Noto Sans CJK {region}" for region in dict.fromkeys((*regions, *_CJK.values()))]
    known = set(_fonts().families())
    return [name for name in (*_FAMILIES[:1], *cjk, *_FAMILIES[1:], *_LAST) if name in known]


def _document(certificate: Certificate, address: str, spoken: Sequence[str], *, left_out: bool = False) -> Words:
    parts = []
    for language in spoken:
        with override(language):
            parts.append(_part(certificate, left_out=left_out))
    square = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    square.add_data(address)
    written = square.make_image(image_factory=SvgPathImage).to_string(encoding="unicode")
    own = [party.language for party in certificate.parties if party.row.native_name]
    return {
        "title": parts[0]["title"],
        "registry": settings.REGISTRY_NAME,
        "paper": "us-letter" if settings.REGISTRY_HOME_COUNTRY in ("US", "CA", "MX") else "a4",
        "fonts": _families([*own, *spoken[1:]]),
        "made": int(datetime.combine(certificate.day, time.min, UTC).timestamp()),
        "qr": written,
        "address": address,
        "parts": parts,
    }


def _part(certificate: Certificate, *, left_out: bool) -> Words:
    """Everything in the active language."""
    number = {"number": certificate.number}
    title = _("Agreement %(number)s") if certificate.is_agreement else _("Affiliation %(number)s")
    day = {"day": partial_date(certificate.day)}
    notes = [_("Fictional example")] if certificate.fictional else []
    if left_out:
        notes.append(_("Names in their own script are left out: this registry has no font for them."))
    return {
        "lang": (get_language() or settings.LANGUAGE_CODE).partition("-")[0],
        "title": _("Certificate: %(title)s") % {"title": title % number},
        "parties": [_party(party) for party in certificate.parties],
        "notes": notes,
        "facts": [*_facts(certificate), *_recognition(certificate, day)],
        "groups": _groups(certificate),
        "check": {
            "title": _("Check this certificate"),
            "alt": _("Square code with the address below"),
            "text": _("Code: %(code)s") % {"code": certificate.code},
            "entry": _("As the register stood on %(day)s, entry %(seq)s: %(hash)s")
            % {**day, "seq": certificate.seq, "hash": certificate.seal},
        },
    }


def _party(party: Party) -> Words:
    row = party.row
    place = ", ".join(filter(None, (row.subdivision_name, str(countries.name(row.country) or row.country))))
    native = row.native_name if row.native_name != row.name else ""
    return {"name": row.name, "native": {"text": native, "lang": party.language}, "place": place}


def _facts(certificate: Certificate) -> list[Words]:
    if not certificate.is_agreement:
        row = certificate.recognised[0].row
        return [
            _fact(_("Kind"), label_of(row.kind, "AffiliationKind")),
            _fact(_("Standing"), label_of(row.standing, "Standing")),
            _fact(_("Since"), partial_date(row.since) or _("not known")),
        ]
    (deed,) = certificate.agreements
    signed = ", ".join(filter(None, (partial_date(deed.signed_on) or _("not known"), deed.place)))
    found = [_fact(_("What it did"), timeline.act_title(deed.act, deed.kind)), _fact(_("Signed"), signed)]
    if deed.effective_on:
        found.append(_fact(_("In force from"), partial_date(deed.effective_on)))
    if deed.perpetual or deed.term_end:
        term = (
            _("States that it never expires")
            if deed.perpetual
            else _("to %(day)s") % {"day": partial_date(deed.term_end)}
        )
        found.append(_fact(_("Agreed term"), term))
    found.append(_fact(_("Registered"), partial_date(deed.registered_on)))
    found.append(_fact(_("Evidence"), label_of(deed.evidence, "EvidenceGrade")))
    return found


def _recognition(certificate: Certificate, day: Words) -> list[Words]:
    """One line for each affiliation; of several, each names its parties."""
    found = []
    for one in certificate.recognised:
        text = one.answer.text(gettext, day=partial(date_format, format=_day_format()))
        if len(certificate.recognised) > 1:
            text = f"{' – '.join(party.name for party in one.row.parties)}: {text}"
        found.append(_fact(_("Recognition on %(day)s") % day, text))
    return found


def _day_format() -> str:
    return "j F Y" if (get_language() or "en").startswith("en") else "DATE_FORMAT"


def _groups(certificate: Certificate) -> list[Words]:
    deeds = certificate.agreements
    found = []
    if not certificate.is_agreement:
        named = [f"{deed.number}: {timeline.act_title(deed.act, deed.kind)}, {_when(deed)}" for deed in deeds]
        found.append({"title": _("Agreements"), "items": named, "none": _("No agreement is registered.")})
    people = [_person(person) for deed in deeds for person in deed.signatories]
    files = [
        f"{label_of(paper.role, 'DocumentRole')}, {deed.number}, SHA-256: {paper.sha256}"
        for deed in deeds
        for paper in deed.documents
    ]
    found.append({"title": _("Signatories"), "items": people, "none": _("Who signed is not on record.")})
    found.append({"title": _("Documents"), "items": files, "none": _("No document is public.")})
    return found


def _when(deed: AgreementRow) -> str:
    return partial_date(deed.effective_on or deed.signed_on) or _("not known")


def _person(person: Any) -> str:
    whom = _("for %(party)s") % {"party": person.party} if person.party else ""
    day = partial_date(person.signed_on)
    return ", ".join(
        filter(None, (person.name, person.office or label_of(person.capacity, "SignatoryCapacity"), whom, day))
    )


def _fact(label: str, value: str) -> Words:
    return {"label": label, "value": value}
