"""One requirement of a pack three ways, and the answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.requirements.domain.transitions import AtOnce, NewStarters
from preceptor.compliance.requirements.queries import names_for
from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries
from ..domain import Line, PackAt
from ..domain.effects import first_day, usual_way

_FIELDS: Final[Mapping[str, str]] = {"starts_on": "first_on", "ends_on": "last_on"}


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
    problem = ""
    if request.method == "POST":
        try:
            actions.put_off(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(opened.place.pk),
                pack=found.pack.id,
                number=_number(request),
                key=key,
            )
        except Refusal as refused:
            problem = refused.message
        else:
            messages.success(request, f"{line.title} is put off. It goes on waiting.")
            return redirect(opened.back)
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
        problem=problem,
    )
    return render(request, page)


def take(request: Request, code: str, pack: UUID, key: str) -> HttpResponse:
    """Take a change, from a day and in a way of the place's own."""
    opened = _opened(request, code, pack, key)
    line, found = opened.line, opened.found
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
        try:
            actions.take_change(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(opened.place.pk),
                pack=found.pack.id,
                number=_number(request),
                key=key,
                starts_on=taking.starts_on,
                transition=taking.transition,
                decided_by=taking.decided_by,
                decided_on=taking.decided_on,
            )
        except Refusal as refused:
            form.refuse(_FIELDS.get(refused.field, refused.field), refused.message)
        else:
            messages.success(request, f"{line.title} is taken.")
            return redirect(opened.back)
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
        try:
            actions.leave_change(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(opened.place.pk),
                pack=opened.found.pack.id,
                number=_number(request),
                key=key,
                reason=reason,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"{opened.line.title} stays as you have it.")
            return redirect(opened.back)
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
        try:
            actions.decline(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(opened.place.pk),
                pack=opened.found.pack.id,
                number=_number(request),
                key=key,
                ends_on=declining.ends_on,
                reason=declining.reason,
                legal_reason=declining.legal_reason,
            )
        except Refusal as refused:
            form.refuse(_FIELDS.get(refused.field, refused.field), refused.message)
        else:
            messages.success(request, f"{line.title} is declined. The reason is kept.")
            return redirect(opened.back)
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
