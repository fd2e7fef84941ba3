"""Writing the letter of a notice: subject, text and HTML in the recipient's language.

``LETTERS`` is the table of all of them: what each may print, where it leads and why it is sent. A template sees what
its row names and nothing else, so that no letter holds more of a person than it has to. The words themselves stand in
``templates/emails/<kind>/``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import TextChoices
from django.template import Context, Engine
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.choices import Act, AffiliationKind, Frequency, NoticeKind, PartnerAnswer, Role
from partnerships.models import Notice
from partnerships.selectors import notices as selector
from partnerships.selectors import subscriptions
from partnerships.services import links

#: Longer subjects are cut by mail programs in any case.
SUBJECT_LENGTH = 180

#: Values that a notice holds as codes, and the list that has their words. Another app adds its own when it is ready.
WORDS: dict[str, type[TextChoices]] = {
    "act": Act,
    "kind": AffiliationKind,
    "role": Role,
    "answer": PartnerAnswer,
    "frequency": Frequency,
}


@dataclass(frozen=True)
class Letter:
    """One kind of letter: the values it prints, the address it leads to, the words of that link, and why it is sent."""

    prints: tuple[str, ...]
    link: Callable[[Notice], str]
    action: str | Promise
    why: str | Promise
    #: Where whoever no longer wants such letters ends them: for all that are not about somebody's own business.
    stop: Callable[[Notice], str] | None = None


def page(path: str) -> str:
    """The absolute address of a page, in the language that is active."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.SITE_URL}{prefix}{path}"


def desk(path: str) -> str:
    """The absolute address of a page for staff."""
    return f"{settings.SITE_URL}/admin/{path}"


def _filing(notice: Notice) -> str:
    return page(f"/filings/{notice.context['filing']}/")


def _review(notice: Notice) -> str:
    return desk(f"partnerships/filing/{notice.context['filing']}/change/")


def _filing_or_review(notice: Notice) -> str:
    return _review(notice) if notice.user and notice.user.is_staff else _filing(notice)


def _agreement(notice: Notice) -> str:
    return page(f"/agreements/{notice.context['number']}/")


def _queue(notice: Notice) -> str:
    return desk("partnerships/filing/")


def _partner(notice: Notice) -> str:
    return page(f"/partner/{links.sign(links.PARTNER, notice.context['partner_request'])}/")


def _confirmation(notice: Notice) -> str:
    return page(f"/still-active/{links.sign(links.CONFIRMATION, notice.context['confirmation'])}/")


def _confirmation_at_desk(notice: Notice) -> str:
    return desk(f"partnerships/confirmation/{notice.context['confirmation']}/change/")


def _invitation(notice: Notice) -> str:
    return page(f"/account/invitation/{links.sign(links.INVITATION, notice.context['invitation'])}/")


def _access_request(notice: Notice) -> str:
    return desk(f"partnerships/accessrequest/{notice.subject_id}/change/")


def _home(notice: Notice) -> str:
    return page("/")


def _search(notice: Notice) -> str:
    return page(f"/account/seeking/{notice.context['jurisdiction']}/")


def _seeking(notice: Notice) -> str:
    return page(f"/seeking/{notice.context['jurisdiction']}/")


def _calls(notice: Notice) -> str:
    return page("/account/calls/")


def _application(notice: Notice) -> str:
    return page(f"/applications/{notice.context['application']}/")


def _application_at_desk(notice: Notice) -> str:
    return desk(f"programs/participation/{notice.context['application']}/change/")


def _report(notice: Notice) -> str:
    return page(f"/applications/{notice.context['application']}/report/")


def _deliverable(notice: Notice) -> str:
    said = notice.context
    return page(f"/applications/{said['application']}/deliverables/{said['deliverable']}/")


def _confirm_follow(notice: Notice) -> str:
    said = notice.context
    asked = links.sign_words(links.FOLLOW_ASKED, said["subscription"], said["frequency"], notice.language)
    return page(f"/follow/confirm/{asked}/")


def _followed(notice: Notice) -> str:
    return page(notice.context["page"])


def _stop_following(notice: Notice) -> str:
    return page(f"/follow/stop/{links.sign(links.FOLLOW, notice.context['subscription'])}/")


_FACTS = ("filing", "parties", "act", "kind")
_FILER = _("You receive this message because you began or handed in this filing.")
_STAFF = _("You receive this message because you are a registrar of this registry.")
_SEE = _("See the filing")
_REVIEW = _("Open the filing for review")
_PUBLIC = _("See the agreement in the register")
_INVITED = _("You receive this message because the staff of the registry invited this address.")
_ASKED = _("You receive this message because somebody gave this address when asking to represent a community.")
_PARTY = _("You receive this message because this address was given for a community that the agreement names.")
_ON_RECORD = _("You receive this message because this address is on record for the community.")
_FILER_OR_STAFF = _("You receive this message because you filed this agreement, or are a registrar of this registry.")

_SPEAKER = _("You receive this message because you represent this community, or are a registrar of this registry.")

_CALL = ("program", "cycle", "communities", "closes")
_APPLICATION = ("application", "program", "cycle", "community", "title", "state")
_MEMBER = _("You receive this message because you represent a community that may answer this call.")
_APPLICANT = _("You receive this message because you represent the community that applied.")
_OFFICER = _("You receive this message because you are a programs officer of this registry.")
_SEE_APPLICATION = _("See the application")
_REPORT = _("Report results")
_ASKED_TO_FOLLOW = _("You receive this message because somebody gave this address to follow the register by mail.")
_FOLLOWER = _("You receive this message because you follow this part of the register.")

LETTERS: dict[str, Letter] = {
    NoticeKind.FILING_RECEIVED: Letter(_FACTS, _filing, _SEE, _FILER),
    NoticeKind.FILING_TAKEN: Letter(_FACTS, _filing, _SEE, _FILER),
    NoticeKind.FILING_RETURNED: Letter((*_FACTS, "comment"), _filing, _("Change the filing"), _FILER),
    NoticeKind.FILING_REGISTERED: Letter((*_FACTS, "number"), _agreement, _PUBLIC, _FILER),
    NoticeKind.FILING_REJECTED: Letter((*_FACTS, "comment"), _filing, _SEE, _FILER),
    NoticeKind.FILING_WITHDRAWN: Letter(_FACTS, _filing, _SEE, _FILER),
    NoticeKind.FILING_ANNULLED: Letter((*_FACTS, "number", "comment"), _agreement, _PUBLIC, _FILER),
    NoticeKind.FILING_WAITS: Letter(_FACTS, _review, _REVIEW, _STAFF),
    NoticeKind.FILING_WAITS_LONG: Letter((*_FACTS, "days"), _review, _REVIEW, _STAFF),
    NoticeKind.QUEUE_DIGEST: Letter(("count", "oldest", "rows"), _queue, _("Open the queue"), _STAFF),
    NoticeKind.PARTNER_ASKED: Letter((*_FACTS, "community", "expires"), _partner, _("Look and answer"), _PARTY),
    NoticeKind.PARTNER_ANSWERED: Letter((*_FACTS, "community", "answer"), _filing_or_review, _SEE, _FILER_OR_STAFF),
    NoticeKind.CONFIRMATION_ASKED: Letter(
        ("number", "parties", "community", "last", "expires"), _confirmation, _("Look and answer"), _ON_RECORD
    ),
    NoticeKind.CONFIRMATION_REQUEST: Letter(
        ("number", "parties", "community", "comment"), _confirmation_at_desk, _("Look at the request"), _STAFF
    ),
    NoticeKind.INVITATION: Letter(("community", "role", "expires"), _invitation, _("Accept the invitation"), _INVITED),
    NoticeKind.ACCESS_REQUESTED: Letter(("name", "community"), _access_request, _("Look at the request"), _STAFF),
    NoticeKind.ACCESS_REFUSED: Letter(("community", "comment"), _home, _("Go to the registry"), _ASKED),
    NoticeKind.INTEREST_EXPRESSED: Letter(
        ("community", "partner", "name", "address", "comment"), _seeking, _("See your search"), _SPEAKER
    ),
    NoticeKind.WISH_EXPIRES: Letter(("community", "expires"), _search, _("Renew or end it"), _SPEAKER),
    NoticeKind.CALL_OPENED: Letter(_CALL, _calls, _("See the call and apply"), _MEMBER),
    NoticeKind.CALL_CLOSES: Letter((*_CALL, "days", "drafts"), _calls, _("Go to the call"), _MEMBER),
    NoticeKind.APPLICATION_RECEIVED: Letter(_APPLICATION, _application, _SEE_APPLICATION, _APPLICANT),
    NoticeKind.APPLICATION_WAITS: Letter(_APPLICATION, _application_at_desk, _("Open the application"), _OFFICER),
    NoticeKind.APPLICATION_RETURNED: Letter(
        (*_APPLICATION, "comment"), _application, _("Change the application"), _APPLICANT
    ),
    NoticeKind.APPLICATION_DECIDED: Letter((*_APPLICATION, "comment"), _application, _SEE_APPLICATION, _APPLICANT),
    NoticeKind.REPORT_DUE: Letter((*_APPLICATION, "due", "days"), _report, _REPORT, _APPLICANT),
    NoticeKind.REPORT_OVERDUE: Letter((*_APPLICATION, "due", "days"), _report, _REPORT, _APPLICANT),
    NoticeKind.DELIVERABLE_SENT_BACK: Letter(
        (*_APPLICATION, "promised", "comment"), _deliverable, _("Deliver it again"), _APPLICANT
    ),
    NoticeKind.FOLLOW_ASKED: Letter(
        ("follows", "frequency", "expires"), _confirm_follow, _("Yes, follow"), _ASKED_TO_FOLLOW
    ),
    NoticeKind.FOLLOW_NEWS: Letter(
        ("follows", "count", "more", "news"), _followed, _("See the page"), _FOLLOWER, _stop_following
    ),
}


def write(notice: Notice) -> EmailMultiAlternatives:
    """The message of a notice, ready to be sent; the same notice always gets the same ``Message-ID``.

    Raises whatever a notice that cannot be written raises (an unknown kind, a template that fails).
    """
    letter = LETTERS[notice.kind]
    with translation.override(_language(notice.language)):
        values = _values(notice, letter)
        values["subject"] = _subject(_rendered(notice.kind, "subject.txt", values))
        message = EmailMultiAlternatives(
            subject=values["subject"],
            body=_tidy(_rendered(notice.kind, "body.txt", values)),
            to=[notice.email],
            headers={
                "Message-ID": message_id(notice),
                "Content-Language": translation.get_language() or settings.LANGUAGE_CODE,
                # No out-of-office answers to a machine (RFC 3834).
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
                **_one_click(values["stop"]),
            },
        )
        message.attach_alternative(_rendered(notice.kind, "body.html", values), "text/html")
    return message


def _one_click(stop: str) -> dict[str, str]:
    """What a mail program needs for a button that ends such letters (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if stop else {}


def message_id(notice: Notice) -> str:
    """One identity for one debt: a retry keeps it, a message that staff send again is owed anew and gets another."""
    owed_since = int(notice.created_at.timestamp() * 1_000_000)
    return f"<notice-{notice.pk}.{owed_since}@{urlsplit(settings.SITE_URL).hostname}>"


def _language(wanted: str) -> str:
    try:
        return translation.get_supported_language_variant(wanted)
    except LookupError:
        return settings.LANGUAGE_CODE


def _values(notice: Notice, letter: Letter) -> dict[str, Any]:
    """What the templates see: the values that the letter names, in words, and what every letter has."""
    values = {name: _in_words(name, notice.context.get(name, "")) for name in letter.prints}
    if "rows" in values:
        values["rows"] = [
            {**row, "link": desk(f"partnerships/filing/{row['filing']}/change/")} for row in values["rows"] or ()
        ]
    if "news" in values:
        values["news"] = [{**row, "link": page(row["path"] or "/register/")} for row in values["news"] or ()]
    if notice.kind == NoticeKind.FILING_REGISTERED:
        numbers = selector.affiliations_of(values["number"])
        values["certificate"] = page(f"/agreements/{values['number']}/certificate.pdf")
        values["affiliations"] = [{"number": number, "link": page(f"/affiliations/{number}/")} for number in numbers]
    return {
        **values,
        "greeted": notice.user.name if notice.user else "",
        "link": letter.link(notice),
        "action": letter.action,
        "why": letter.why,
        "stop": letter.stop(notice) if letter.stop else "",
        "registry": settings.REGISTRY_NAME,
        "site": f"{settings.SITE_URL}/",
    }


def _in_words(name: str, value: Any) -> Any:
    if name in WORDS and value in WORDS[name].values:
        return WORDS[name](value).label
    if name == "follows" and value:
        return subscriptions.called(value)
    if name in ("expires", "due", "closes", "last") and value:
        return date.fromisoformat(value)
    return value


def _rendered(kind: str, name: str, values: dict[str, Any]) -> str:
    """Only HTML escapes what it prints: plain text with ``&amp;`` in it would be wrong."""
    template = Engine.get_default().get_template(f"emails/{kind}/{name}")
    return template.render(Context(values, autoescape=name.endswith(".html"))).strip()


def _subject(text: str) -> str:
    """One line without control characters: what people typed can never become a header of its own."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())
    return line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1]}…"


def _tidy(text: str) -> str:
    """Plain text without the empty lines that template tags leave behind."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
