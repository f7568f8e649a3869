"""Adding and correcting records."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.subjects.domain import Subject, title_of
from preceptor.compliance.subjects.queries import subjects
from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import HELD_FOR, HeldFile, held, hold
from preceptor.register.people.domain import PersonId
from preceptor.register.people.queries import person_by_id
from preceptor.ui import words
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request, next_url

from .. import actions, forms, pages, queries
from ..domain import Effect, Entry, HowKnown, RecordId, RecordKind, effects_of, is_foreseen
from .reading import own_person
from .shown import file_of, title_of_entry


def add_mine(request: Request) -> HttpResponse:
    """Add something one has done."""
    return _add(request, own_person(request), "")


def add_record(request: Request, person: UUID) -> HttpResponse:
    """Add something a person has done."""
    holder = person_by_id(request.viewer.scope(Can.ADD_RECORD), PersonId(person))
    return _add(request, PersonId(holder.pk), str(holder))


def _add(request: Request, person: PersonId, name: str) -> HttpResponse:
    own = request.viewer.person == person
    back = next_url(request, reverse("records:mine") if own else reverse("records:person", args=[person]))
    offered, chosen = _offered(request)
    form = forms.RecordForm(
        request.POST or None,
        request.FILES or None,
        today=request.today,
        subjects=offered,
        own=own,
        initial={"subject": chosen, "kind": _kind(request)},
    )
    certificate = _brought(request, form)
    effects: tuple[Effect, ...] = ()
    checking = "check" in request.POST
    if proposal := form.value():
        if checking:
            effects = effects_of(request.viewer.scope(Can.ADD_RECORD), person, proposal.achievement, request.today)
        else:
            try:
                actions.add_record(
                    by=request.viewer,
                    at=request.at,
                    person=person,
                    achievement=proposal.achievement,
                    how_known=proposal.how_known or _own_how(certificate),
                    certificate=certificate,
                )
            except Refusal as refused:
                form.refuse(refused.field, refused.message)
            else:
                messages.success(
                    request, "Sent. It counts once it is accepted." if own else f"Added to {name}’s records."
                )
                return redirect(back)
    page = pages.AddRecordPage(
        title="Add something you have done" if own else f"Add a record for {name}",
        back=Link("Back", back),
        form=form,
        lead=_lead(request, person) if own else "It counts at once, because you are the one who checks it.",
        button="Send for acceptance" if own else "Add record",
        cancel_href=back,
        next=back,
        own=own,
        held=_token(request, certificate),
        held_name=certificate.name if certificate else "",
        may_check=is_foreseen(),
        checked=checking and not form.errors,
        effects=effects,
    )
    return render(request, page)


def correct(request: Request, record: UUID) -> HttpResponse:
    """Put a right record in the place of a wrong one."""
    entry = queries.record_by_id(request.viewer.scope(Can.WITHDRAW_RECORD), RecordId(record))
    own = request.viewer.person == entry.person
    back = next_url(request, reverse("records:record", args=[entry.id]))
    form = forms.RecordForm(
        request.POST or None,
        request.FILES or None,
        today=request.today,
        subjects=_choices(subjects()),
        own=own,
        corrects=True,
        initial=_initial(entry),
    )
    certificate = _brought(request, form)
    if proposal := form.value():
        try:
            corrected = actions.correct_record(
                by=request.viewer,
                at=request.at,
                record=entry.id,
                achievement=proposal.achievement,
                how_known=proposal.how_known or entry.how_known,
                reason=proposal.reason,
                certificate=certificate,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "Corrected. The record as it was stays in the history.")
            return redirect(next_url(request, reverse("records:record", args=[corrected])))
    page = pages.AddRecordPage(
        title=f"Correct {title_of_entry(entry)}, {words.day(entry.on)}",
        back=Link("Back", back),
        form=form,
        lead=f"A new record of {entry.person_name} takes its place. The one as it was stays in the history.",
        button="Save correction",
        cancel_href=back,
        next=request.POST.get("next") or request.GET.get("next") or "",
        own=own,
        held=_token(request, certificate),
        held_name=certificate.name if certificate else "",
        attached=file_of(entry),
    )
    return render(request, page)


def _lead(request: Request, person: PersonId) -> str:
    """Who checks it, in a sentence."""
    names = queries.deciders_of(person, request.today)
    if not names:
        return "Nobody at your practice can check it yet. It waits until someone can."
    one_of = " or ".join(names) if len(names) < 3 else f"{names[0]}, {names[1]} or another manager"
    return f"{one_of} checks it before it counts."


def _own_how(certificate: HeldFile | None) -> HowKnown:
    return HowKnown.COPY if certificate else HowKnown.DECLARED


def _offered(request: Request) -> tuple[list[tuple[str, str]], str]:
    """Every subject and level to choose from, those that would do first, and the one to begin with.

    The page before says which would do: `subject=code`, or `subject=code:level` for the level and those above.
    """
    every = _choices(subjects())
    asked = [value.partition(":") for value in request.GET.getlist("subject")]
    would_do = (one for code, _, least in asked for one in every if _would_do(one[0], code, least))
    first = list(dict.fromkeys(would_do))
    rest = [one for one in every if one not in first]
    return [*first, *rest], first[0][0] if first else ""


def _would_do(choice: str, code: str, least: str) -> bool:
    """Is the choice of this subject, at the level or above?"""
    subject, _, level = choice.rpartition(":")
    return subject == code and int(level) >= int(least if least.isdecimal() else 1)


def _kind(request: Request) -> str:
    """The kind the page before asked for; a course when it asked for none there is."""
    asked = request.GET.get("kind", "")
    return asked if asked in set(RecordKind) else RecordKind.COURSE.value


def _choices(offered: Iterable[Subject]) -> list[tuple[str, str]]:
    return [
        (f"{subject.code}:{level}", title_of(subject.name, subject.level_name(level)))
        for subject in offered
        for level in ([one.number for one in subject.levels] or [1])
    ]


def _initial(entry: Entry) -> dict[str, object]:
    return {
        "subject": f"{entry.subject}:{entry.level}",
        "on": entry.on,
        "shows_expiry": "yes" if entry.expires_on else "no",
        "expires_on": entry.expires_on,
        "how_known": entry.how_known.value,
        "kind": entry.kind.value,
        "minutes": entry.minutes or None,
        "participatory": "yes" if entry.participatory else "no",
        "title": entry.title,
        "provider": entry.provider,
        "note": entry.note,
    }


def _brought(request: Request, form: forms.RecordForm) -> HeldFile | None:
    """The certificate that came with this answer, or with one before it. A file survives a mistake elsewhere."""
    if not form.is_bound:
        return None
    form.is_valid()
    if upload := form.upload():
        name, content = upload
        return hold(content, name, request.at)
    return _from_token(request)


def _token(request: Request, file: HeldFile | None) -> str:
    if file is None:
        return ""
    return signing.dumps([file.name, file.sha256], salt=f"certificate of {request.viewer.user}")


def _from_token(request: Request) -> HeldFile | None:
    token = request.POST.get("held", "")
    if not token or "forget" in request.POST:
        return None
    try:
        name, sha256 = signing.loads(token, salt=f"certificate of {request.viewer.user}", max_age=HELD_FOR)
    except signing.BadSignature:
        return None
    file = HeldFile(name, sha256)
    return file if held(file) is not None else None
