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
from preceptor.compliance.requirements.queries import names_for
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries
from ..domain import Line, PackAt, PackId
from ..domain.effects import first_day, usual_way

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
    takes = not ended and (line.new is not None or line.is_on_list) and (line.new is None or line.state != "unchanged")
    withdrawn_law = line.new is None and line.is_law
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
        take=Link("Take it" if line.new else "End it", opened.to("take")) if takes and not withdrawn_law else None,
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
    """Take a change, from a day and in a way of the place's own."""
    opened = _opened(request, code, pack, key)
    line = opened.line
    is_first = line.new is None or line.ours is None
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
    form = forms.TakeForm(request.POST or None, is_first=is_first, today=request.today, initial=initial)
    if taking := form.value():
        done = _answer(
            request,
            opened,
            lambda answering: actions.take_change(
                **answering,
                starts_on=taking.starts_on,
                transition=taking.transition,
                decided_by=taking.decided_by,
                decided_on=taking.decided_on,
            ),
            said=f"{line.title} is taken.",
            refuse=form.refuse,
        )
        if done:
            return done
    ends = line.new is None
    return _form_page(
        request,
        opened,
        form,
        title=f"{'End' if ends else 'Take'} {line.title}",
        effect="From this day on nobody here needs it. What people have done is kept."
        if ends
        else "It becomes yours as the pack says it. Nothing changes before its first day.",
        button="End it" if ends else "Take it",
    )


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
                number=_number(request),
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


def _number(request: Request) -> int:
    """The version of the pack that was seen when the page was opened."""
    given = request.POST.get("number", "")
    return int(given) if given.isdecimal() and len(given) < 6 else 0


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
