"""Choosing what is critical, and writing the rota down."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import HELD_FOR, HeldFile, held, hold
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.asof import address
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import day, inside, listed

from .. import actions, forms, pages, queries
from ..domain.abilities import Ability, Suggestion
from ..domain.reading import DAYS, SLOTS
from ..domain.rota import WEEK, NewRota, Session, monday_of, replaced_alone, rota_on
from .reading import week_asked

_WRITTEN: Final = 6


def choose(request: Request, code: str) -> HttpResponse:
    """Choose something that somebody here must always be able to do."""
    place, scope = _place(request, code), request.viewer.scope(Can.PLAN_WORK)
    taken = {one.title for one in queries.abilities_at(scope, [place.pk]).get(place.pk, ()) if one.ends_on is None}
    suggestion = next((one for one in queries.suggestions() if one.key == request.GET.get("from")), None)
    form, names = _choosing(request, place, suggestion, request.today)
    if new := form.value():
        try:
            actions.choose_ability(by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), new=new)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"“{new.title}” counts as critical here from {day(new.starts_on)}.")
            return redirect("cover:cover", place.code)
    page = pages.ChoosePage(
        title="Choose what is critical",
        back=Link("Cover", reverse("cover:cover", args=[place.code])),
        form=form,
        caption=place.name,
        effect=_takes(form, names) or "Somebody has it who meets everything you choose here",
        button="Count it as critical",
        suggestions=pages.suggestion_rows(
            place.code,
            [one for one in queries.suggestions() if one.title not in taken and one != suggestion],
            names,
            queries.national_names(),
        ),
        cancel_href=reverse("cover:cover", args=[place.code]),
    )
    return render(request, page)


def change(request: Request, code: str, ability: UUID) -> HttpResponse:
    """Count something otherwise from a day on, or again once it stopped counting."""
    place, scope = _place(request, code), request.viewer.scope(Can.PLAN_WORK)
    here = queries.abilities_at(scope, [place.pk]).get(place.pk, [])
    one = next((one for one in here if one.id == ability), None)
    if one is None or (one.ends_on is not None and one.title in {each.title for each in here if each.ends_on is None}):
        raise Http404
    form, names = _choosing(request, place, one, max(one.ends_on or one.starts_on, request.today))
    if new := form.value():
        organisation = OrganisationId(place.pk)
        try:
            if one.ends_on is None:
                actions.change_ability(
                    by=request.viewer, at=request.at, organisation=organisation, ability=ability, new=new
                )
            else:
                actions.choose_ability(by=request.viewer, at=request.at, organisation=organisation, new=new)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"“{new.title}” counts like this from {day(new.starts_on)}.")
            return redirect("cover:cover", place.code)
    effect = (
        "Until the day before, it counts as it did" if one.ends_on is None else "It counts again from the first day"
    )
    page = pages.ChoosePage(
        title="Change what is critical" if one.ends_on is None else "Count it as critical again",
        back=Link("Cover", reverse("cover:cover", args=[place.code])),
        form=form,
        caption=one.title,
        effect=". ".join(filter(None, (_takes(form, names), effect))),
        button="Save the change" if one.ends_on is None else "Count it again",
        suggestions=(),
        cancel_href=reverse("cover:cover", args=[place.code]),
    )
    return render(request, page)


def drop(request: Request, code: str, ability: UUID) -> HttpResponse:
    """Stop counting something as critical."""
    place, scope = _place(request, code), request.viewer.scope(Can.PLAN_WORK)
    one = next((one for one in queries.abilities_at(scope, [place.pk]).get(place.pk, ()) if one.id == ability), None)
    if one is None or one.ends_on is not None:
        raise Http404
    form = forms.DropForm(request.POST or None)
    if dropping := form.value():
        try:
            actions.drop_ability(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                ability=ability,
                ends_on=dropping.ends_on,
                reason=dropping.reason,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"“{one.title}” does not count as critical after that day.")
            return redirect("cover:cover", place.code)
    back = reverse("cover:ability", args=[place.code, ability])
    page = pages.FormPage(
        title="Stop counting it as critical",
        back=Link(one.title, back),
        form=form,
        caption=one.title,
        effect="No gap is shown for it after the last day. What was decided before stays to be read.",
        button="Stop counting it",
        cancel_href=back,
    )
    return render(request, page)


def rota(request: Request, code: str) -> HttpResponse:
    """The rota of a week, to be typed."""
    place, scope = _place(request, code), request.viewer.scope(Can.PLAN_WORK)
    week = week_asked(request)
    staff, written = queries.staff_at(scope, place.pk, week), queries.rotas_written(scope, place.pk, _WRITTEN)
    rotas = queries.rotas_at(scope, [place.pk], min(week, request.today)).get(place.pk, [])
    now, seen = rota_on(rotas, week), str(written[0].id) if written else ""
    on = now.turns if now else {}
    form = forms.RotaForm(request.POST or None, starts_on=week, staff=staff, slots=SLOTS, on=on)
    if new := form.value():
        try:
            actions.write_rota(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                new=new,
                seen=request.POST.get("seen", ""),
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"The rota from {day(week)} is saved. The one before is kept.")
            if alone := replaced_alone(rotas, new):
                weeks = listed([f"the week of {day(one)}" for one in alone])
                messages.warning(request, f"It also takes the place of what was written for {weeks} alone.")
            return redirect(address(reverse("cover:cover", args=[place.code]), {"week": week.isoformat()}))
    path = reverse("cover:rota", args=[place.code])
    page = pages.RotaPage(
        title="Rota",
        back=Link("Cover", reverse("cover:cover", args=[place.code])),
        form=form,
        code=place.code,
        week=day(week),
        days=DAYS,
        sessions=tuple(one.value.capitalize() for one in Session),
        rows=pages.grid_rows(staff, form.ticked()),
        open_on=request.today.weekday() if week == monday_of(request.today) else 0,
        seen=seen,
        earlier_href=address(path, {"week": (week - WEEK).isoformat()}),
        later_href=address(path, {"week": (week + WEEK).isoformat()}),
        written=pages.written_rows(written, rota_on(rotas, request.today)),
    )
    return render(request, page)


def rota_import(request: Request, code: str) -> HttpResponse:
    """Choose a file with the rota."""
    place = _place(request, code)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.RotaFileForm(*given, today=request.today)
    if brought := form.value():
        file = hold(brought.content, brought.name, request.at)
        token = signing.dumps([file.name, file.sha256, brought.starts_on.isoformat(), brought.how], salt=_salt(request))
        return redirect(f"{reverse('cover:import-check', args=[place.code])}?{urlencode({'file': token})}")
    back = reverse("cover:rota", args=[place.code])
    page = pages.FormPage(
        title="Import a rota",
        back=Link("Rota", back),
        form=form,
        caption=place.name,
        effect="Write “yes” or “x” where somebody is on, and leave the other cells empty.",
        button="Check it",
        cancel_href=back,
        is_upload=True,
    )
    return render(request, page)


def rota_check(request: Request, code: str) -> HttpResponse:
    """See what a file would put down, and put it down."""
    place, scope = _place(request, code), request.viewer.scope(Can.PLAN_WORK)
    again = reverse("cover:import", args=[place.code])
    token = request.POST.get("file") or request.GET.get("file") or ""
    brought = _brought(request, token)
    content = held(brought[0]) if brought else None
    if brought is None or content is None:
        messages.warning(request, "Choose the file again. It is kept for a day only.")
        return redirect(again)
    file, starts_on, how = brought
    every, once = forms.repeating(how)
    changed = ""
    if request.method == "POST":
        try:
            actions.import_rota(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                file=file,
                new=NewRota(starts_on, every, once, {}),
                agreed=request.POST.get("agreed", ""),
            )
        except Refusal as refused:
            changed = refused.message
        else:
            messages.success(request, f"The rota from {day(starts_on)} is saved. The one before is kept.")
            return redirect(address(reverse("cover:cover", args=[place.code]), {"week": starts_on.isoformat()}))
    often = "for that week only" if once else f"every {every} weeks" if every > 1 else "every week"
    before = rota_on(queries.rotas_at(scope, [place.pk], starts_on).get(place.pk, []), starts_on)
    plan, staff = (
        queries.rota_plan(scope, place.pk, file.name, content, starts_on),
        queries.staff_at(scope, place.pk, starts_on),
    )
    page = pages.RotaCheckPage(
        title="Check what would be put down",
        back=Link("Choose another file", again),
        place=place.name,
        file_name=file.name,
        lead=f"From {day(starts_on)}, {often}",
        plan=plan,
        absent=tuple(dict.fromkeys(one.name for one in staff if one.name not in plan.names)),
        closed=pages.closed_by(plan, before.turns if before else {}),
        rows=pages.planned_rows(plan, staff),
        problems=plan.problems,
        token=token,
        again_href=again,
        changed=changed,
    )
    return render(request, page)


def undo(request: Request, code: str, rota: UUID) -> HttpResponse:
    """Take back the rota that was written last, after saying what holds then."""
    place, scope = _place(request, code), request.viewer.scope(Can.PLAN_WORK)
    back = reverse("cover:rota", args=[place.code])
    written = pages.written_rows(queries.rotas_written(scope, place.pk, 2), None)
    if not written or written[0].undo != str(rota):
        messages.warning(request, "Only the rota that was written last can be taken back.")
        return redirect(back)
    form = forms.UndoForm(request.POST if request.method == "POST" else None)
    if form.value():
        try:
            actions.undo_rota(by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), rota=rota)
        except Refusal as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, "The last rota is taken back. What was written before it holds again.")
        return redirect(back)
    then = f"What holds then: {inside(written[1].title)}" if written[1:] else "No rota is left then"
    page = pages.FormPage(
        title="Take back the last rota",
        back=Link("Rota", back),
        form=form,
        caption=written[0].title,
        effect=f"{written[0].meta} {then}.",
        button="Take it back",
        cancel_href=back,
    )
    return render(request, page)


def _choosing(
    request: Request, place: Organisation, like: Suggestion | Ability | None, first: date
) -> tuple[forms.ChooseForm, dict[str, str]]:
    """The form about something critical, with what everything it can take is called."""
    scope = request.viewer.scope(Can.PLAN_WORK)
    requirements, tasks = queries.ability_choices(scope, place.pk)
    skills = queries.skill_choices(scope, place.pk, request.today)
    form = forms.ChooseForm(
        request.POST or None, like=like, requirements=requirements, skills=skills, tasks=tasks, first=first
    )
    return form, dict([*requirements, *tasks, *skills])


def _takes(form: forms.ChooseForm, names: dict[str, str]) -> str:
    """What it takes, where that is not asked."""
    return "; ".join(
        pages.takes_words([(one.kind, one.one_of, one.level) for one in form.fixed], names, queries.national_names())
    )


def _place(request: Request, code: str) -> Organisation:
    place = organisation_by_code(request.viewer.scope(Can.PLAN_WORK), code)
    if place.kind != Kind.PRACTICE:
        raise Http404
    return place


def _salt(request: Request) -> str:
    return f"rota of {request.viewer.user}"


def _brought(request: Request, token: str) -> tuple[HeldFile, date, str] | None:
    """The file of the step before with its answers, which only who brought it can name."""
    try:
        name, sha256, starts_on, how = signing.loads(token, salt=_salt(request), max_age=HELD_FOR)
    except signing.BadSignature:
        return None
    return HeldFile(name, sha256), date.fromisoformat(starts_on), how
