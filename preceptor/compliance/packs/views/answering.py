"""One requirement of a pack three ways, and the answers to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypedDict
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.requirements.domain.transitions import AtOnce, NewStarters
from preceptor.compliance.requirements.domain.wording import transition_sentence
from preceptor.compliance.requirements.queries import names_for
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import day

from .. import actions, forms, pages, queries
from ..domain import Line, PackAt, PackId
from ..domain.effects import first_day, step_of, usual_way
from .trying import Asked, posted_number, tried

_FIELDS: Final[Mapping[str, str]] = {"starts_on": "first_on", "ends_on": "last_on"}


class _Answering(TypedDict):
    """Who answers which requirement of which version of a pack, where and when."""

    by: Viewer
    at: datetime
    organisation: OrganisationId
    pack: PackId
    number: int
    key: str


@dataclass(frozen=True, slots=True)
class _Opened:
    """A requirement of a pack at a place, and where its pages are."""

    place: Organisation
    found: PackAt
    line: Line

    @property
    def back(self) -> str:
        """The page of the pack."""
        return reverse("packs:pack", args=[self.place.code, self.found.pack.id])

    @property
    def here(self) -> str:
        """The page of the requirement."""
        return self.to("change")

    def to(self, page: str) -> str:
        """One of its pages."""
        return reverse(f"packs:{page}", args=[self.place.code, self.found.pack.id, self.line.key])


def change(request: Request, code: str, pack: UUID, key: str) -> HttpResponse:
    """What was, what is offered now and what the place has, with what it can answer; and putting it off."""
    opened = _opened(request, code, pack, key)
    line, found = opened.line, opened.found
    problems: list[str] = []
    if request.method == "POST":
        done = _answer(
            request,
            opened,
            lambda answering: actions.put_off(**answering),
            said=f"{line.title} is put off. It goes on waiting.",
            refuse=lambda _, message: problems.append(message),
        )
        if done:
            return done
    rules = [one.rule for one in (line.old, line.new) if one] + list(line.ours.versions if line.ours else ())
    names = names_for(request.viewer.scope(Can.SEE_PEOPLE), rules)
    state, why, columns = pages.change_of(line, names)
    theirs, ours = pages.sides(line, names)
    ended = line.ours is not None and not line.is_on_list
    page = pages.ChangePage(
        title=line.title,
        back=Link(found.pack.name, opened.back),
        caption=f"{found.pack.name}, version {found.number}",
        state=state,
        why=why if not ended else "It has ended here. What has ended is not taken again.",
        columns=columns,
        theirs=theirs,
        ours=ours,
        answered=pages.answered_words(line.answered),
        number=found.number,
        take=Link(f"{_verb(line)} it", opened.to("take")) if line.can_be_taken and line.differs else None,
        leave=Link("Keep ours", opened.to("leave")) if line.waits and line.is_on_list else None,
        decline=None if ended or line.is_declined else Link("Decline it", opened.to("decline")),
        edit=Link("Change yours", reverse("rulemaking:requirement", args=[opened.place.code, key]))
        if line.is_on_list
        else None,
        may_put_off=line.waits,
        problem=" ".join(problems),
    )
    return render(request, page)


def take(request: Request, code: str, pack: UUID, key: str) -> HttpResponse:
    """Take a change, from a day and in a way of the place's own, once it was seen who changes."""
    opened = _opened(request, code, pack, key)
    line = opened.line
    if not line.can_be_taken:
        raise Http404
    form = _take_form(request, line)
    taking = form.value()
    if taking and "confirm" in request.POST:
        done = _answer(
            request,
            opened,
            lambda answering: actions.take_change(
                **answering,
                starts_on=taking.starts_on,
                transition=taking.transition,
                decided_by=taking.decided_by,
                decided_on=taking.decided_on,
                after=posted_number(request, "after"),
            ),
            said=f"{line.title} is {'taken' if line.new else 'ended'}.",
            refuse=form.refuse,
        )
        if done:
            return done
    elif taking and "change" not in request.POST:
        if stale := opened.found.stale(posted_number(request, "number")):
            form.refuse("", stale)
        else:
            return _tried(request, opened, form, taking)
    return _form_page(
        request,
        opened,
        form,
        title=f"{_verb(line)} {line.title}",
        effect="It becomes yours as the pack says it. You see who changes before anything is saved."
        if line.new
        else "From this day on nobody here needs it. What people have done is kept.",
        button="See who changes",
    )


def _take_form(request: Request, line: Line) -> forms.TakeForm:
    usual = usual_way(line.new)
    initial = {
        "first_on": first_day(line.new, line.ours, request.today),
        "takes_over": "at_once"
        if isinstance(usual, AtOnce)
        else "new_starters"
        if isinstance(usual, NewStarters)
        else "at_renewal",
        "grace": usual.grace_days if isinstance(usual, AtOnce) else None,
    }
    before = line.ours.versions[-1].starts_on if line.ours and line.ours.versions and line.new else None
    return forms.TakeForm(
        request.POST or None,
        is_first=line.new is None or line.ours is None,
        after=before,
        today=request.today,
        initial=initial,
    )


def _tried(request: Request, opened: _Opened, form: forms.TakeForm, taking: forms.Taking) -> HttpResponse:
    """Who would change, before the change is taken."""
    line = opened.line
    facts = [("First day" if line.new else "First day nobody needs it", day(taking.starts_on))]
    if line.new and line.ours:
        facts.append(("How it takes over", transition_sentence(taking.transition)))
    facts.append(("Decided", f"{taking.decided_by}, {day(taking.decided_on)}"))
    asked = Asked(
        title=f"Dry run: who changes if you {_verb(line).lower()} {line.title}",
        back=Link("Back", opened.here),
        caption=f"{opened.found.pack.name}, version {opened.found.number}",
        facts=tuple(facts),
        given=(*form.given(), ("number", str(opened.found.number)), ("after", str(line.versions))),
        button=f"{_verb(line)} it",
        cancel_href=opened.here,
        name=line.key,
    )
    return tried(request, opened.place, [step_of(line, taking.starts_on, taking.transition)], asked)


def _verb(line: Line) -> str:
    return "Take" if line.new else "End"


def leave(request: Request, code: str, pack: UUID, key: str) -> HttpResponse:
    """Keep what the place has, for a reason."""
    opened = _opened(request, code, pack, key)
    form = forms.LeaveForm(request.POST or None)
    if reason := form.value():
        done = _answer(
            request,
            opened,
            lambda answering: actions.leave_change(**answering, reason=reason),
            said=f"{opened.line.title} stays as you have it.",
            refuse=form.refuse,
        )
        if done:
            return done
    return _form_page(
        request,
        opened,
        form,
        title=f"Keep ours: {opened.line.title}",
        effect="Nothing changes for anybody here. When the pack changes it again, you are asked again.",
        button="Keep ours",
    )


def decline(request: Request, code: str, pack: UUID, key: str) -> HttpResponse:
    """Decline a requirement; if a law asks for it, say why it does not apply."""
    opened = _opened(request, code, pack, key)
    line = opened.line
    form = forms.DeclineForm(request.POST or None, is_on_list=line.is_on_list, is_law=line.is_law)
    if declining := form.value():
        done = _answer(
            request,
            opened,
            lambda answering: actions.decline(
                **answering,
                ends_on=declining.ends_on,
                reason=declining.reason,
                legal_reason=declining.legal_reason,
            ),
            said=f"{line.title} is declined. The reason is kept.",
            refuse=form.refuse,
        )
        if done:
            return done
    said = "After its last day nobody here needs it." if line.is_on_list else "It does not come onto your list."
    law = " A law asks for it. Why it does not apply is shown to whoever reads your list, a pack or your analysis."
    return _form_page(
        request,
        opened,
        form,
        title=f"Decline {line.title}",
        effect=said + (law if line.is_law else ""),
        button="Decline it",
        is_warning=True,
    )


def _answer(
    request: Request,
    opened: _Opened,
    answer: Callable[[_Answering], None],
    *,
    said: str,
    refuse: Callable[[str, str], None],
) -> HttpResponse | None:
    """Gives an answer and leads back to the pack; where it is refused, says so and leads nowhere."""
    try:
        answer(
            _Answering(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(opened.place.pk),
                pack=opened.found.pack.id,
                number=posted_number(request, "number"),
                key=opened.line.key,
            )
        )
    except Refusal as refused:
        refuse(_FIELDS.get(refused.field, refused.field), refused.message)
        return None
    messages.success(request, said)
    return redirect(opened.back)


def _opened(request: Request, code: str, pack: UUID, key: str) -> _Opened:
    scope = request.viewer.scope(Can.EDIT_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    found = queries.pack_at(scope, place.pk, pack, request.today)
    line = found.line(key)
    if line is None:
        raise Http404
    return _Opened(place, found, line)


def _form_page(
    request: Request,
    opened: _Opened,
    form: forms.TakeForm | forms.LeaveForm | forms.DeclineForm,
    *,
    title: str,
    effect: str,
    button: str,
    is_warning: bool = False,
) -> HttpResponse:
    page = pages.FormPage(
        title=title,
        back=Link("Back", opened.here),
        form=form,
        caption=f"{opened.found.pack.name}, version {opened.found.number}",
        effect=effect,
        button=button,
        cancel_href=opened.here,
        number=opened.found.number,
        is_warning=is_warning,
    )
    return render(request, page)
