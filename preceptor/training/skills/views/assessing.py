"""Signing for others, and who may."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can, Scope, system_account
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.domain import PersonId
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import day

from .. import actions, forms, pages, queries
from ..domain import Framework, Skill
from ..domain.published import FrameworkId
from ..domain.signing import AskId, Open, SignOffId


def asked(request: Request) -> HttpResponse:
    """Everything I was asked to sign for."""
    person = request.viewer.person
    if person is None:
        raise Http404
    found = queries.asked_of(request.viewer.scope(Can.SIGN_SKILLS), person)
    return render(request, pages.asked_page((one, _described(one)[1]) for one in found))


def sign(request: Request, ask: UUID) -> HttpResponse:
    """Sign for a colleague, or say what to practise first."""
    person = request.viewer.person
    if person is None:
        raise Http404
    scope = request.viewer.scope(Can.SIGN_SKILLS)
    if why := queries.taken_back(scope, person, AskId(ask)):
        messages.warning(request, f"{why}. Nothing was signed.")
        return redirect("skills:asked")
    one = queries.ask_for(scope, person, AskId(ask))
    framework, skill = _described(one)
    form = _sign_form(request, one, framework, skill)
    if answer := form.value():
        try:
            if answer.signing:
                signing = replace(answer.signing, logged=_shown(request))
                actions.sign(by=request.viewer, at=request.at, ask=one.id, signing=signing)
            else:
                actions.not_yet(by=request.viewer, at=request.at, ask=one.id, words=answer.words)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            done = "You have signed." if answer.signing else "They will read what to practise."
            messages.success(request, done)
            return redirect("skills:asked")
    logged = queries.logged_by(one.person, skill.key) if skill.times else ()
    return render(
        request, pages.sign_page(one, skill, framework, logged, form, _systems(request, one, framework, skill))
    )


def invited(request: Request, token: str) -> HttpResponse:
    """Sign as somebody outside who got a link, or say what to practise first."""
    try:
        one = queries.ask_by_token(token, request.today)
    except Http404:
        why = queries.taken_back_by_token(token, request.today)
        said = f"{why}." if why else "It was used already or is too old. Whoever asked you can send another."
        return render(request, pages.ThankYouPage(title="This link does not work any more", said=said), status=404)
    framework, skill = _described(one)
    form = _sign_form(request, one, framework, skill)
    if answer := form.value():
        by = system_account(f"{one.assessor_name}, {one.assessor_work}")
        try:
            if answer.signing:
                signing = replace(answer.signing, logged=_shown(request))
                actions.sign_invited(by=by, at=request.at, token=token, signing=signing)
            else:
                actions.not_yet(by=by, at=request.at, ask=one.id, words=answer.words, token=token)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            said = f"{one.person_name} sees your answer. The link does not work again."
            return render(request, pages.ThankYouPage(title="Thank you", said=said))
    logged = queries.logged_by(one.person, skill.key) if skill.times else ()
    systems = _systems(request, one, framework, skill)
    return render(request, pages.sign_page(one, skill, framework, logged, form, systems, is_outside=True))


def signature(request: Request, sign_off: UUID) -> HttpResponse:
    """A signature as it was given: for whose it is, who gave it, and the manager."""
    managed = request.viewer.scope(Can.SEE_SKILLS)
    scope = Scope(managed.organisations, request.viewer.person, managed.everywhere)
    found, who = queries.sign_off_by_id(scope, SignOffId(sign_off))
    return render(request, pages.signature_page(found, who))


def assessors(request: Request, code: str, key: str) -> HttpResponse:
    """Who may sign for a skill here; name somebody for it."""
    place, skill = _skill_at(request, code, key)
    scope = Scope(frozenset({place.pk}))
    picture = queries.picture_of(scope, place.pk, request.today)
    people = {who.person: f"{who.name}, {who.role_name}" for who in picture.people}
    form = forms.NameForm(request.POST or None, people=people.items())
    if naming := form.value():
        try:
            actions.name_assessor(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                person=PersonId(UUID(naming.person)),
                skill=key,
                reason=naming.reason,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "They may sign for this skill from now on.")
            return redirect("skills:assessors", place.code, key)
    able = queries.assessors_at(scope, place.pk, skill, request.today, besides=UUID(int=0))
    page = pages.AssessorsPage(
        title="Who may sign for it",
        back=Link(skill.title, reverse("skills:skill", args=[place.code, key])),
        code=place.code,
        key=key,
        skill=skill.title,
        able=tuple((one.name, one.entitled_by) for one in able),
        named=tuple(
            pages.NamedRow(one.id, one.name, f"Named by {one.by_name} on {day(one.since)}: {one.reason}")
            for one in queries.named_at(place.pk, key)
        ),
        form=form,
    )
    return render(request, page)


def end_assessor(request: Request, code: str, key: str, named: int) -> HttpResponse:
    """Stop somebody being named for a skill."""
    place, _ = _skill_at(request, code, key)
    if request.method == "POST":
        actions.end_assessor(by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), named=named)
        messages.success(request, "They are not named for it any more. What they signed stands.")
    return redirect("skills:assessors", place.code, key)


def _skill_at(request: Request, code: str, key: str) -> tuple[Organisation, Skill]:
    scope = request.viewer.scope(Can.NAME_ASSESSORS)
    place = organisation_by_code(scope, code)
    version = queries.version_gone_by(scope, place.pk, request.today)
    skill = queries.framework_of(version.id).skill(key) if version else None
    if skill is None:
        raise Http404
    return place, skill


def _sign_form(request: Request, one: Open, framework: Framework, skill: Skill) -> forms.SignForm:
    systems = queries.systems_for(one.organisation, skill, request.today)
    return forms.SignForm(
        request.POST or None, skill=skill, framework=framework, need=one.rating.said.need, systems=systems
    )


def _shown(request: Request) -> tuple[UUID, ...]:
    """The logged procedures that were on the page somebody answers from."""
    try:
        return tuple(UUID(one) for one in request.POST.getlist("logged"))
    except ValueError:
        return ()


def _described(one: Open) -> tuple[Framework, Skill]:
    """The skill as it was described when the person spoke of it."""
    framework = queries.framework_of(FrameworkId(one.rating.version))
    skill = framework.skill(one.rating.skill)
    if skill is None:
        raise Http404
    return framework, skill


def _systems(request: Request, one: Open, framework: Framework, skill: Skill) -> dict[str, str]:
    """The systems a skill is done in where somebody asks, those that each practice has among them, by code."""
    used = {each.code for each in queries.systems_for(one.organisation, skill, request.today)}
    used |= set(framework.everywhere)
    return {code: name for code, name in queries.system_names().items() if code in used}
