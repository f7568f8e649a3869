"""HTTP in, one query or action, page out."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.records.actions import answer_name
from preceptor.compliance.records.domain.imports import NameSaid
from preceptor.compliance.records.queries import names_asked
from preceptor.compliance.standing.domain.facts import Equivalence as Fact
from preceptor.compliance.subjects.actions import add_equivalence, end_equivalence
from preceptor.compliance.subjects.domain import (
    Approved,
    Equivalence,
    Likely,
    Subject,
    SubjectIndex,
    level_choices,
    title_of,
)
from preceptor.compliance.subjects.queries import subjects
from preceptor.foundation.access import ROLE_TABLE, Can, Reach
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.ui.asof import address
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from . import forms, pages, queries
from .domain import PlaceTurns, with_one, without_one

Titles = Mapping[str, Subject]


def equivalences(request: Request) -> HttpResponse:
    """What counts as what, who said so, and how many records count by it here."""
    form = forms.FilterForm(request.GET)
    wanted = form.value() or forms.Wanted()
    listed = queries.equivalences_for(request.viewer.scope(Can.SEE_REQUIREMENTS))
    counts = queries.counting_here(request.viewer.scope(Can.SEE_SHARES), request.today)
    titles = _titles()
    rows = [_row(request, one, titles, counts) for one in listed]
    shown = tuple(row for row in rows if _is_wanted(row, wanted))
    approves = request.viewer.scope(Can.APPROVE_EQUIVALENCES)
    page = pages.EquivalencesPage(
        title="What counts as what",
        form=form,
        rows=tuple(sorted(shown, key=lambda row: (row.subject, row.counts_as, row.where))),
        of_all=len(rows),
        is_filtered=wanted != forms.Wanted(),
        counts=counts is not None,
        may_approve=bool(approves),
        asked_count=len(names_asked(approves)) if approves else 0,
    )
    return render(request, page)


def add(request: Request) -> HttpResponse:
    """Approve an equivalence: the questions, then whom it changes, then yes."""
    known = subjects()
    form = forms.AddForm(request.POST or None, subjects=level_choices(known), places=_places(request))
    if proposed := form.value():
        if request.POST.get("confirm") != "yes":
            return render(request, _check(request, proposed, {one.code: one for one in known}))
        try:
            add_equivalence(
                by=request.viewer,
                at=request.at,
                equivalence=proposed.equivalence,
                approved_by=proposed.approved_by,
                reason=proposed.reason,
                owner=proposed.owner,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "It counts from now on.")
            return redirect("equivalences:equivalences")
    list_href = reverse("equivalences:equivalences")
    page = pages.AddPage(
        title="Let one thing count as another",
        back=Link("What counts as what", list_href),
        form=form,
        cancel_href=list_href,
    )
    return render(request, page)


def end(request: Request, equivalence: int) -> HttpResponse:
    """End an equivalence: whom it changes, and why."""
    scope = request.viewer.scope(Can.APPROVE_EQUIVALENCES)
    listed = queries.equivalence_to_end(scope, equivalence)
    approved = listed.approved
    owner = OrganisationId(approved.owner) if approved.owner else None
    form = forms.EndForm(request.POST or None)
    if reason := form.value():
        try:
            end_equivalence(
                by=request.viewer, at=request.at, equivalence=approved.equivalence, reason=reason, owner=owner
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "It no longer counts from now on.")
            return redirect("equivalences:equivalences")
    list_href = reverse("equivalences:equivalences")
    page = pages.EndPage(
        title="Stop this counting",
        back=Link("What counts as what", list_href),
        sentence=_sentence(approved.equivalence, _titles()),
        where=_where(listed.owner_name),
        places=_turns(request, owner, lambda held: without_one(held, approved.id)),
        form=form,
        cancel_href=list_href,
    )
    return render(request, page)


def names(request: Request) -> HttpResponse:
    """The names that practices found in their files and ask about."""
    asked = names_asked(request.viewer.scope(Can.APPROVE_EQUIVALENCES))
    shown = asked if request.GET.get("all") == "yes" else asked[: pages.MOST_NAMES]
    page = pages.NamesPage(
        title="Names practices ask about",
        back=Link("What counts as what", reverse("equivalences:equivalences")),
        rows=tuple(_question(place, one) for place, one in shown),
        of_all=len(asked),
    )
    return render(request, page)


def answer(request: Request) -> HttpResponse:
    """Say what a name means. The practice that asked knows it from its next file on."""
    scope = request.viewer.scope(Can.APPROVE_EQUIVALENCES)
    code, words = request.GET.get("code", ""), request.GET.get("name", "")
    asked = next(((place, one) for place, one in names_asked(scope) if (place.code, one.words) == (code, words)), None)
    known = subjects()
    if asked is None:
        raise Http404
    form = forms.AnswerForm(request.POST or None, offered=level_choices(known))
    if given := form.value():
        try:
            answer_name(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(asked[0].pk),
                words=words,
                pick=given.pick,
                means=given.means,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"{asked[0].name} knows from now on what “{words}” means.")
            return redirect("equivalences:names")
    list_href = reverse("equivalences:names")
    page = pages.AnswerPage(
        title=f"What is “{words}”?",
        back=Link("Names practices ask about", list_href),
        question=_question(*asked, SubjectIndex(known).likely(words)),
        form=form,
        cancel_href=list_href,
    )
    return render(request, page)


def _question(place: Organisation, one: NameSaid, likely: tuple[Likely, ...] = ()) -> pages.Question:
    return pages.Question(
        place=place.name,
        words=one.words,
        asked_on=london_date(one.at),
        asked_by=one.by,
        likely=likely,
        href=address(reverse("equivalences:answer"), {"code": place.code, "name": one.words}),
    )


def _check(request: Request, proposed: forms.Proposed, titles: Titles) -> pages.CheckPage:
    one = Approved(0, proposed.equivalence, proposed.owner, proposed.approved_by, proposed.reason, request.at)
    return pages.CheckPage(
        title="Check whom it changes",
        back=Link("What counts as what", reverse("equivalences:equivalences")),
        sentence=_sentence(proposed.equivalence, titles),
        where=next((name for key, name in _places(request) if key == str(proposed.owner)), _where("")),
        places=_turns(request, proposed.owner, lambda held: with_one(held, one)),
        hidden=tuple((name, str(value)) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"),
        again_href=reverse("equivalences:add"),
    )


def _turns(request: Request, owner: OrganisationId | None, change: queries.Change) -> tuple[PlaceTurns, ...]:
    counted, named = request.viewer.scope(Can.SEE_SHARES), request.viewer.scope(Can.SEE_STANDING)
    places = queries.places_of(counted, owner, request.today)
    return tuple(queries.turns_by(counted, named, places, change, request.today))


def _places(request: Request) -> list[tuple[str, str]]:
    """Where the viewer may let something hold: the places they lead, and everywhere for an administrator."""
    own = {
        str(grant.place.id): grant.place.name
        for grant in request.viewer.grants
        if Can.APPROVE_EQUIVALENCES in ROLE_TABLE[grant.role][Reach.HERE]
    }
    everywhere = request.viewer.scope(Can.APPROVE_EQUIVALENCES).everywhere
    return [*([("everywhere", _where(""))] if everywhere else []), *own.items()]


def _titles() -> Titles:
    return {one.code: one for one in subjects()}


def _row(request: Request, listed: queries.Listed, titles: Titles, counts: Mapping[Fact, int] | None) -> pages.Row:
    one = listed.approved.equivalence
    scope, owner = request.viewer.scope(Can.APPROVE_EQUIVALENCES), listed.approved.owner
    may_end = scope.everywhere or (owner is not None and scope.holds(owner))
    fact = Fact(one.subject, one.level, one.counts_as, one.counts_as_level)
    return pages.Row(
        subject=_title(titles, one.subject, one.level),
        counts_as=_title(titles, one.counts_as, one.counts_as_level),
        above=_goes_above(titles, one),
        where=_where(listed.owner_name),
        approved_by=listed.approved.approved_by or "Nobody is named",
        since=london_date(listed.approved.since),
        reason=listed.approved.reason,
        count=counts.get(fact, 0) if counts is not None else None,
        end_href=reverse("equivalences:end", args=[listed.approved.id]) if may_end else "",
    )


def _is_wanted(row: pages.Row, wanted: forms.Wanted) -> bool:
    if wanted.where and (row.where == _where("")) != (wanted.where == "everywhere"):
        return False
    text = f"{row.sentence} {row.where} {row.approved_by} {row.reason}".casefold()
    return all(word in text for word in wanted.words.casefold().split())


def _sentence(one: Equivalence, titles: Titles) -> str:
    above = " or above" if _goes_above(titles, one) else ""
    return (
        f"A record of {_title(titles, one.subject, one.level)}{above} also counts as "
        f"{_title(titles, one.counts_as, one.counts_as_level)}."
    )


def _goes_above(titles: Titles, one: Equivalence) -> bool:
    """Is there a level above the one it begins at?"""
    subject = titles.get(one.subject)
    return subject is not None and any(level.number > one.level for level in subject.levels)


def _title(titles: Titles, code: str, level: int) -> str:
    subject = titles.get(code)
    return title_of(subject.name, subject.level_name(level)) if subject else code


def _where(owner_name: str) -> str:
    return owner_name or "Everywhere"
