"""The steps of a filing, as a member city fills them in; what they mean is checked by the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnerships.choices import Act, AffiliationKind, DocumentRole, Reason, Theme
from partnerships.forms.fields import (
    DayField,
    DocumentField,
    LanguageField,
    LanguagesField,
    LineField,
    PartialDateField,
    StoryField,
)
from partnerships.models import Document, Filing, Jurisdiction
from partnerships.rules.findings import ONE_SIDED
from partnerships.selectors import languages

ACTS = {
    Act.ESTABLISH: _("A new affiliation between communities that have none"),
    Act.UPGRADE: _("A friendship becomes a full sister affiliation"),
    Act.RENEW: _("A new term for an affiliation that has one"),
    Act.AMEND: _("Changed terms, with the affiliation going on"),
    Act.SUSPEND: _("A pause; one community's statement is enough"),
    Act.RESUME: _("A suspended affiliation goes on"),
    Act.END: _("The end; one community's statement is enough"),
}
KINDS = {
    AffiliationKind.SISTER: _("Sister: the full, lasting relationship"),
    AffiliationKind.FRIENDSHIP: _("Friendship: a first step that can be upgraded later"),
}


def _acts() -> list[tuple[str, Any]]:
    return [(act, f"{act.label}: {words}") for act, words in ACTS.items()]


class StartForm(forms.Form):
    """For whom, and what the agreement does. ``fixed`` where both follow from an affiliation."""

    community = forms.TypedChoiceField(label=_("Who files"), coerce=int, widget=forms.RadioSelect)
    act = forms.ChoiceField(
        label=_("What does the agreement do?"), choices=_acts, widget=forms.RadioSelect, initial=Act.ESTABLISH
    )
    kind = forms.ChoiceField(
        label=_("Which kind of affiliation?"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        initial=AffiliationKind.SISTER,
    )
    affiliation = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)

    def __init__(self, *args: Any, communities: Sequence[Jurisdiction], fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community = self.fields["community"]
        community.choices = [(row.pk, row.full_name) for row in communities]  # type: ignore[attr-defined]
        if len(communities) == 1:
            community.initial, community.widget = communities[0].pk, forms.HiddenInput()
        if fixed:
            for name in ("community", "act", "kind"):
                self.fields[name].widget = forms.HiddenInput()


class TermsForm(forms.Form):
    """Act and dates."""

    act = forms.ChoiceField(label=_("What does the agreement do?"), choices=_acts)
    kind = forms.ChoiceField(label=_("Kind of affiliation"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    signed_on = PartialDateField(
        label=_("Signed on"),
        past=True,
        error_messages={"required": _("Say when it was signed; the year is enough where no more is known.")},
        help_text=_(
            "The day of the last signature, as far as it is known: 29 June 1992, June 1992 or 1992. "
            "All usual ways to write a date are understood."
        ),
    )
    place = LineField(label=_("Place of signing"), required=False)
    effective_on = PartialDateField(
        label=_("In force from"), required=False, help_text=_("Only if it is another day than that of the signing.")
    )
    perpetual = forms.BooleanField(label=_("The agreement says that it never expires"), required=False)
    term_end = DayField(
        label=_("Agreed end of the term"),
        required=False,
        help_text=_("Leave it empty if no end was agreed: affiliations last until somebody says otherwise."),
    )
    declared_by_id = forms.TypedChoiceField(
        label=_("Who says so?"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    languages = LanguagesField(label=_("Languages of the agreement"), required=False)
    title = LineField(
        label=_("Title of the agreement"), required=False, max_length=300, help_text=_("As it stands on the document.")
    )
    shelfmark = LineField(label=_("Shelfmark of the paper original"), required=False, max_length=120)
    source = LineField(label=_("Source"), required=False, max_length=500)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        filing: Filing,
        parties: Sequence[Jurisdiction],
        later: bool = False,
    ) -> None:
        initial = {name: getattr(filing, name) for name in self.base_fields if name != "languages"}
        super().__init__(data, initial={**initial, "languages": filing.languages})
        places = max(3, len(filing.languages))
        if places > 3:
            self.fields["languages"] = LanguagesField(
                label=_("Languages of the agreement"), required=False, places=places
            )
        if filing.act in ONE_SIDED:
            declared = self.fields["declared_by_id"]
            declared.choices = [("", _("All of them together")), *((p.pk, p.name) for p in parties)]  # type: ignore[attr-defined]
        else:
            del self.fields["declared_by_id"]
        if filing.act == Act.UPGRADE:
            del self.fields["kind"]
        if not filing.historical:
            del self.fields["shelfmark"], self.fields["source"]
        self.fields["signed_on"].required = not (filing.historical or later)


class ReasonsForm(forms.Form):
    reasons = forms.MultipleChoiceField(
        label=_("Why these communities came together"),
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = forms.MultipleChoiceField(
        label=_("What they do together"), choices=Theme.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    story = StoryField(
        label=_("Story"),
        required=False,
        max_length=5000,
        help_text=_("How it began and what came of it, for the public page. Up to 5,000 characters."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, filing: Filing) -> None:
        super().__init__(data, initial={name: getattr(filing, name) for name in self.base_fields})


class AttachForm(forms.Form):
    """One document; what it is is suggested by what is still missing."""

    file = DocumentField(label=_("File"))
    role = forms.ChoiceField(label=_("What is it?"), choices=DocumentRole.choices)
    language = LanguageField(label=_("Language"), required=False)
    public = forms.BooleanField(
        label=_("Show it to the public once the agreement is registered"), required=False, initial=True
    )

    def __init__(self, data: Any = None, files: Any = None, *, filing: Filing, kept: Sequence[Document]) -> None:
        language = filing.languages[0] if filing.languages else ""
        super().__init__(data, files, initial={"role": _next_role(filing, kept), "language": language})
        most = settings.DOCUMENT_MAX_BYTES // 1024**2
        self.fields["file"].help_text = _("PDF, JPEG, PNG or TIFF, up to %(most)s MB.") % {"most": most}


def _next_role(filing: Filing, kept: Sequence[Document]) -> str:
    """What is asked for next, in the order in which the rules ask."""
    asked = (
        [DocumentRole.ENDING_NOTICE]
        if filing.act in ONE_SIDED
        else [
            DocumentRole.SIGNED_AGREEMENT,
            DocumentRole.RESOLUTION,
            DocumentRole.TRANSLATION,
        ]
    )
    there = {document.role for document in kept}
    return next((role for role in asked if role not in there), DocumentRole.OTHER)


class WithdrawForm(forms.Form):
    comment = StoryField(label=_("Why"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class AskForm(forms.Form):
    """Whom of the other communities to ask, and in which language of the registry."""

    jurisdiction = forms.TypedChoiceField(label=_("Community"), coerce=int)
    email = forms.EmailField(label=_("E-mail address of its office"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=languages.offered)

    def __init__(self, *args: Any, parties: Sequence[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].choices = [(row.pk, row.name) for row in parties]  # type: ignore[attr-defined]
        if len(parties) == 1:
            self.fields["jurisdiction"].widget, self.fields["jurisdiction"].initial = forms.HiddenInput(), parties[0].pk
        if len(settings.LANGUAGES) == 1:
            self.fields["language"].widget, self.fields["language"].initial = (
                forms.HiddenInput(),
                settings.LANGUAGE_CODE,
            )
