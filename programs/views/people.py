"""The step of the people, and the consents of each; a consent can be given and withdrawn at any time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from partnerships.exceptions import Missing
from partnerships.forms.refusals import accepted
from partnerships.services.access import Actor
from partnerships.views.sessions import actor, forgets_typed, personal
from programs.choices import EDITABLE_STATES, AttachmentRole
from programs.forms.people import ConsentForm, PersonForm
from programs.kinds import Kind
from programs.models import Participation, Person
from programs.services import attachments, people
from programs.views.applications import about, application_of, going_back
from programs.views.lists import MOST_DIGITS, ListStep
from programs.views.steps import Draft


@method_decorator(forgets_typed, name="dispatch")
class PeopleStep(ListStep):
    """One person at a time, so that little is lost where a session ends: what was typed is not kept in it."""

    name = "people"
    states = (*EDITABLE_STATES, *people.OPEN_LATER)
    saved = gettext_lazy("Saved.")
    removed = gettext_lazy("The person was taken off.")

    def offered(self, participation: Participation, kind: Kind) -> bool:
        return bool(kind.person_roles)

    def items(self, draft: Draft) -> list[Person]:
        return people.look(participation_id=draft.pk, by=actor(self.request))

    def row_form(self, draft: Draft, typed: QueryDict | None, item: Any | None) -> PersonForm:
        country = draft.participation.jurisdiction.country.code
        return PersonForm(typed, kind=draft.kind, person=item, country=country)

    def save_row(self, draft: Draft, form: PersonForm, item: Any | None) -> None:
        people.save(
            participation_id=draft.pk,
            values=form.values(),
            by=actor(self.request),
            person_id=item.pk if item else None,
        )

    def remove(self, draft: Draft, pk: int) -> None:
        if draft.participation.people.filter(pk=pk, erased_at__isnull=True).exists():
            people.remove(person_id=pk, by=actor(self.request))


@forgets_typed
@personal
@going_back
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest, application: int, item: int) -> HttpResponse:
    """What may be used of one person in public: given, or withdrawn, which closes it at once."""
    participation = application_of(request, application)
    by, person = actor(request), _of(participation, item, request)
    do = request.POST.get("do", "")
    if do.startswith("withdraw-") and do[9:].isdecimal():
        _withdraw(person, int(do[9:][:MOST_DIGITS]), request)
        return redirect("application_consents", application, item)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ConsentForm(*sent, takes_form=AttachmentRole.CONSENT_FORM in attachments.roles(participation))
    if request.method == "POST" and form.is_valid():
        if accepted(form, lambda: _record(participation, item, form, by)):
            messages.success(request, _("The consent was recorded."))
            return redirect("application_consents", application, item)
    page = {**about(participation), "person": person, "forms": person.forms.all(), "form": form}
    return render(request, "programs/apply/consents.html", page)


@transaction.atomic
def _record(participation: Participation, item: int, form: ConsentForm, by: Actor) -> None:
    """The consent and its signed form are kept together, or neither is."""
    people.give_consent(person_id=item, by=by, **form.said())
    if upload := form.cleaned_data.get("file"):
        attachments.attach(
            participation_id=participation.pk,
            upload=upload,
            role=AttachmentRole.CONSENT_FORM,
            by=by,
            person_id=item,
        )


def _of(participation: Participation, item: int, request: HttpRequest) -> Person:
    """Somebody of this application, with the consents that hold."""
    person = people.look_at(person_id=item, by=actor(request))
    if person.participation_id != participation.pk:
        raise Missing(_("There is no such person."))
    return person


def _withdraw(person: Person, consent_id: int, request: HttpRequest) -> None:
    """Only of this person; one that ended already stays ended."""
    if person.consents.filter(pk=consent_id, withdrawn_at__isnull=True).exists():
        people.withdraw_consent(consent_id=consent_id, by=actor(request))
        messages.success(request, _("The consent was withdrawn; what it had opened is closed."))
