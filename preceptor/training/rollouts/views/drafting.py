"""Writing a notice, part by part, and publishing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.requirements.domain.audience import Audience, Everyone
from preceptor.compliance.standing.queries import Seat
from preceptor.foundation.access import Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import hold
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import beneath_today, organisation_by_code, organisations_in
from preceptor.ui.forms import ConfirmForm, Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import inside, listed

from .. import actions, forms, pages, queries
from ..domain.drafts import NoticeDraft
from ..domain.notice import Notice, Part, RolloutId
from .shared import NAMED, groups_of, names_of, sentence_of


def start(request: Request, code: str) -> HttpResponse:
    """Begin a change notice."""
    place = organisation_by_code(request.viewer.scope(Can.EDIT_ROLLOUTS), code)
    form = forms.ChangeForm(request.POST or None, systems=queries.system_names().items())
    if notice := form.value():
        try:
            rollout = actions.draft_rollout(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                title=notice.title,
                system=notice.system,
                goes_live_on=notice.goes_live_on,
                different="\n".join(notice.different),
                audience=None,
            )
            if notice.system_version:
                actions.save_notice(by=request.viewer, at=request.at, rollout=rollout, revision=1, notice=notice)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            return redirect("rollouts:part", place.code, rollout, Part.WHOM)
    here = reverse("rollouts:rollouts", args=[place.code])
    return render(request, _form_page(form, "Write a change notice", "Save and go on", here, place.name))


def draft(request: Request, code: str, rollout: UUID) -> HttpResponse:
    """A draft, whole: check it, and publish it."""
    if closed := _closed(request, code, rollout):
        return closed
    place, held = _draft(request, code, rollout)
    scope = request.viewer.scope(Can.EDIT_ROLLOUTS)
    form = forms.PublishForm(request.POST or None, is_correction=bool(held.earlier), must_ask=held.must_ask_again)
    if publishing := form.value():
        try:
            actions.publish_notice(
                by=request.viewer,
                at=request.at,
                rollout=held.id,
                revision=_revision(request, held),
                changed=publishing.changed,
                asks_again=publishing.asks_again,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "It is published. Everyone it touches finds it in “My training”.")
            return redirect("rollouts:rollout", place.code, held.id)
    whom = held.notice.whom
    touched = queries.touched_by(scope, place.pk, whom, request.today) if whom is not None else []
    page = pages.DraftPage(
        title=held.notice.title,
        back=Link("Rollouts", reverse("rollouts:rollouts", args=[place.code])),
        caption=f"Draft of a change notice, version {held.number}",
        parts=pages.parts_of(
            place.code, held, queries.system_names(), _whom_words(scope, place, held, touched), groups_of(scope)
        ),
        touched=pages.count_of(len(touched)) if whom is not None else "",
        beneath=_beneath(request, place, whom),
        people=tuple(f"{one.name}, {one.role_name}" for one in touched),
        checks=pages.check_rows(held.notice),
        effect=_effect(held, len(touched), decides_beneath=place.kind != Kind.PRACTICE),
        may_publish=not held.notice.missing,
        form=form,
        revision=held.revision,
        discard_href=reverse("rollouts:discard", args=[place.code, held.id]),
    )
    return render(request, page)


def part(request: Request, code: str, rollout: UUID, part: str) -> HttpResponse:
    """One part of a draft."""
    if closed := _closed(request, code, rollout):
        return closed
    place, held = _draft(request, code, rollout)
    match part:
        case Part.CHANGE:
            form = forms.ChangeForm(request.POST or None, systems=queries.system_names().items(), notice=held.notice)
            title = pages.PART_TITLES[Part.CHANGE]
            if _saved(request, held, form):
                return redirect("rollouts:draft", place.code, held.id)
            changing = _form_page(form, title, "Save", _here(place, held), held.notice.title)
            return render(request, replace(changing, revision=_revision(request, held)))
        case Part.WHOM:
            return _whom(request, place, held)
        case Part.DO:
            groups = groups_of(request.viewer.scope(Can.EDIT_ROLLOUTS)).items()
            doing = forms.DoForm(request.POST or None, notice=held.notice, groups=groups)
            if _saved(request, held, doing):
                return redirect("rollouts:draft", place.code, held.id)
            page = pages.DoPage(
                title=pages.PART_TITLES[Part.DO],
                back=Link(held.notice.title, _here(place, held)),
                form=doing,
                revision=_revision(request, held),
                cancel_href=_here(place, held),
            )
            return render(request, page)
        case Part.MATERIAL:
            return _material(request, place, held)
        case _:
            raise Http404


def discard(request: Request, code: str, rollout: UUID) -> HttpResponse:
    """Put a draft away."""
    if closed := _closed(request, code, rollout):
        return closed
    place, held = _draft(request, code, rollout)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            seen = _revision(request, held)
            actions.discard_notice(by=request.viewer, at=request.at, rollout=held.id, revision=seen)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "The draft is discarded.")
            return redirect("rollouts:rollouts", place.code)
    page = _form_page(form, "Discard this draft?", "Discard it", _here(place, held), held.notice.title)
    effect = "Nobody was asked anything by it. You cannot bring it back."
    return render(request, replace(page, effect=effect, revision=_revision(request, held)))


def _whom(request: Request, place: Organisation, held: NoticeDraft) -> HttpResponse:
    scope = request.viewer.scope(Can.EDIT_ROLLOUTS)
    names = names_of(scope)
    people = queries.touched_by(scope, place.pk, Everyone(), request.today)
    is_practice, roles = place.kind == Kind.PRACTICE, _by_name(names.roles)
    here = Counter(seat.role for seat in people) if is_practice else dict.fromkeys(names.roles, 0)
    lists: Mapping[str, list[tuple[str, str]]] = {
        "role": [(role, f"{name} ({here[role]})" if is_practice else name) for role, name in roles if role in here],
        "other_role": [(role, name) for role, name in roles if role not in here],
        "staff_group": list(names.staff_groups.items()),
        "task": _by_name(names.tasks),
        "person": [(str(seat.person), f"{seat.name}, {seat.role_name}") for seat in people],
        "system": [] if is_practice else list(queries.system_names().items()),
    }
    form = forms.WhomForm(
        request.POST or None,
        notice=held.notice,
        lists=lists,
        as_it_is=sentence_of(scope, held.notice.whom),
    )
    counting = request.POST.get("press") == "count"
    if not counting and _saved(request, held, form):
        return redirect("rollouts:draft", place.code, held.id)
    said = form.value() if counting else held.notice
    whom = said.whom if said is not None else None
    touched = queries.touched_by(scope, place.pk, whom, request.today) if whom is not None else []
    page = pages.WhomPage(
        title=pages.PART_TITLES[Part.WHOM],
        back=Link(held.notice.title, _here(place, held)),
        form=form,
        count=pages.count_of(len(touched)) if whom is not None else "",
        beneath=_beneath(request, place, whom),
        people=tuple(f"{one.name}, {one.role_name}" for one in touched),
        revision=_revision(request, held),
        cancel_href=_here(place, held),
    )
    return render(request, page)


def _beneath(request: Request, place: Organisation, whom: Audience | None) -> str:
    """How many people at the practices beneath a place it would touch; nothing where there are none."""
    if whom is None or place.kind == Kind.PRACTICE:
        return ""
    shares = request.viewer.scope(Can.SEE_SHARES)
    reach = beneath_today(OrganisationId(place.pk), request.today)
    practices = [one.pk for one in organisations_in(shares) if one.pk in reach and one.kind == Kind.PRACTICE]
    touched = queries.touched_across(shares, practices, whom, request.today)
    return pages.beneath_of(touched, len(practices)) if practices else ""


def _material(request: Request, place: Organisation, held: NoticeDraft) -> HttpResponse:
    press, seen = request.POST.get("press", ""), _revision(request, held)
    adding = forms.FileForm(*((request.POST, request.FILES) if press == "add" else (None, None)))
    links = forms.LinksForm(request.POST if press == "links" else None, notice=held.notice)
    if press == "remove":
        kept = tuple(one for one in held.notice.attachments if str(one.file) != request.POST.get("remove"))
        notice = replace(held.notice, attachments=kept)
        try:
            actions.save_notice(by=request.viewer, at=request.at, rollout=held.id, revision=seen, notice=notice)
        except Refusal as refused:
            messages.error(request, refused.message)
        return redirect("rollouts:part", place.code, held.id, Part.MATERIAL)
    if bringing := adding.value():
        file = hold(bringing.content, bringing.name, request.at)
        try:
            actions.add_file(
                by=request.viewer,
                at=request.at,
                rollout=held.id,
                revision=seen,
                file=file,
                words=bringing.words,
            )
        except Refusal as refused:
            adding.refuse(refused.field, refused.message)
        else:
            return redirect("rollouts:part", place.code, held.id, Part.MATERIAL)
    if _saved(request, held, links):
        return redirect("rollouts:draft", place.code, held.id)
    page = pages.MaterialPage(
        title=pages.PART_TITLES[Part.MATERIAL],
        back=Link(held.notice.title, _here(place, held)),
        files=tuple(
            pages.FileRow(one.words, reverse("rollouts:file", args=[one.file]), str(one.file))
            for one in held.notice.attachments
        ),
        form=links if press == "links" else adding,
        adding=adding,
        links=links,
        revision=seen,
        cancel_href=_here(place, held),
    )
    return render(request, page)


def _saved(request: Request, held: NoticeDraft, form: Form[Notice]) -> bool:
    """Keeps what a part says, when it says something good."""
    notice = form.value()
    if notice is None:
        return False
    try:
        seen = _revision(request, held)
        actions.save_notice(by=request.viewer, at=request.at, rollout=held.id, revision=seen, notice=notice)
    except Refusal as refused:
        form.refuse(refused.field, refused.message)
        return False
    return True


def _draft(request: Request, code: str, rollout: UUID) -> tuple[Organisation, NoticeDraft]:
    scope = request.viewer.scope(Can.EDIT_ROLLOUTS)
    place = organisation_by_code(scope, code)
    return place, queries.draft_of(scope, place.pk, RolloutId(rollout))


def _revision(request: Request, held: NoticeDraft) -> int:
    """The revision somebody has before them: what they change is what they saw, or it is refused."""
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 9 else held.revision


def _whom_words(scope: Scope, place: Organisation, held: NoticeDraft, touched: Sequence[Seat]) -> str:
    """Whom a draft is for; of a long list of roles, at a practice, those that somebody has there."""
    roles = held.notice.audience.get("role", ()) if isinstance(held.notice.audience, dict) else ()
    if place.kind != Kind.PRACTICE or len(roles) <= NAMED or len(held.notice.audience) > 1:
        return sentence_of(scope, held.notice.whom)
    here = sorted({inside(one.role_name) for one in touched}, key=str.lower)
    return f"Any of {len(roles)} roles. Of these, there are here today: {listed(here) or 'none'}"


def _closed(request: Request, code: str, rollout: UUID) -> HttpResponse | None:
    """On to what became of a draft that is none any more: another tab published it, or put it away."""
    place = organisation_by_code(request.viewer.scope(Can.EDIT_ROLLOUTS), code)
    state = queries.closed_draft(place.pk, RolloutId(rollout))
    if state is None:
        return None
    if state == "published":
        messages.warning(request, "This is published already. Nothing else was done.")
        return redirect("rollouts:rollout", place.code, rollout)
    messages.warning(request, "This draft was put away. Nothing of it was published.")
    return redirect("rollouts:rollouts", place.code)


def _effect(held: NoticeDraft, number: int, *, decides_beneath: bool) -> str:
    if held.notice.missing:
        return "Nobody sees this yet. Say what is missing, and you can publish it."
    people = f"{number} {'person' if number == 1 else 'people'}"
    if not held.earlier:
        beneath = "Practices beneath you decide for themselves. " if decides_beneath else ""
        return (
            f"Publishing asks {people} here to read it by the day it goes live. {beneath}"
            "A published notice is not edited: you correct it."
        )
    if held.must_ask_again:
        return f"There is something else to do than before, so everyone is asked again: {people} here."
    return "The earlier version stays in the history. Who has not read it reads this one."


def _here(place: Organisation, held: NoticeDraft) -> str:
    return reverse("rollouts:draft", args=[place.code, held.id])


def _form_page(form: Form[object], title: str, button: str, cancel: str, caption: str) -> pages.FormPage:
    back = Link("Back", cancel)
    return pages.FormPage(
        title=title, back=back, form=form, effect="", button=button, cancel_href=cancel, caption=caption
    )


def _by_name(names: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda one: one[1].lower())
