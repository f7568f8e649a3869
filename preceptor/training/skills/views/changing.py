"""Following a framework and publishing one's own next version."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.queries import engagements_at
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries
from ..domain.published import FrameworkId, Published


def adopt(request: Request, code: str) -> HttpResponse:
    """Choose the version of a framework that a place follows."""
    scope = request.viewer.scope(Can.EDIT_SKILLS)
    place = organisation_by_code(scope, code)
    if place.kind == Kind.HUB:
        raise Http404
    offered = queries.versions_offered(scope, place.pk)
    form = forms.AdoptForm(request.POST or None, versions=[(str(one.id), one.title) for one in offered])
    if adopting := form.value():
        try:
            actions.adopt_framework(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                version=FrameworkId(UUID(adopting.version)),
                starts_on=adopting.starts_on,
                decided_by=adopting.decided_by,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "You follow this version from the day you gave.")
            return redirect("skills:framework", place.code)
    effect = "From that day on people here are expected to have its skills. What they have shown before counts."
    return _form_page(request, place, form, "Follow a framework of skills", effect, "Follow it")


def change(request: Request, code: str, key: str) -> HttpResponse:
    """Change what is expected of one skill, or leave it out."""
    scope = request.viewer.scope(Can.EDIT_SKILLS)
    place = organisation_by_code(scope, code)
    version = _version(request, place)
    framework = queries.framework_of(version.id)
    skill = framework.skill(key)
    if skill is None:
        raise Http404
    form = forms.ChangeForm(request.POST or None, framework=framework, skill=skill, dated=place.kind != Kind.HUB)
    if changing := form.value():
        try:
            actions.change_expectations(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                version=version.id,
                skill=key,
                expects=changing.expects,
                reason=changing.reason,
                starts_on=changing.starts_on,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "A new version of your own is published. The one before is kept as it was.")
            return redirect("skills:framework", place.code)
    effect = f"This publishes your own next version. Choose “Nothing” for every group to leave “{skill.title}” out."
    folded = _folded(request, place, form)
    return _form_page(request, place, form, "Change what is expected", effect, "Publish the change", folded)


def choose(request: Request, code: str) -> HttpResponse:
    """Choose which modules of the framework a place goes by."""
    place = organisation_by_code(request.viewer.scope(Can.EDIT_SKILLS), code)
    version, latest = _version(request, place), queries.latest_national()
    framework = queries.framework_of(version.id)
    national = queries.framework_of(latest.id) if latest else framework
    counts = {one.key: len(framework.of_module(one.key) or national.of_module(one.key)) for one in framework.modules}
    form = forms.ModulesForm(request.POST or None, framework=framework, counts=counts, dated=place.kind != Kind.HUB)
    if choosing := form.value():
        try:
            actions.choose_modules(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                version=version.id,
                modules=choosing.modules,
                reason=choosing.reason,
                starts_on=choosing.starts_on,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "A new version of your own is published. The one before is kept as it was.")
            return redirect("skills:framework", place.code)
    effect = "Begin with a few, and take in more when you are ready. This publishes your own next version."
    return _form_page(request, place, form, "Choose your modules", effect, "Publish the choice")


def add(request: Request, code: str) -> HttpResponse:
    """Add a skill of one's own."""
    scope = request.viewer.scope(Can.EDIT_SKILLS)
    place = organisation_by_code(scope, code)
    version = _version(request, place)
    framework = queries.framework_of(version.id)
    form = forms.AddForm(request.POST or None, framework=framework, dated=place.kind != Kind.HUB)
    if adding := form.value():
        try:
            actions.add_own_skill(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                version=version.id,
                new=adding.new,
                reason=adding.reason,
                starts_on=adding.starts_on,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "Your skill is in a new version of your own. The one before is kept as it was.")
            return redirect("skills:framework", place.code)
    effect = "This publishes your own next version, with the skill in it."
    folded = _folded(request, place, form)
    return _form_page(request, place, form, "Add a skill of your own", effect, "Publish the skill", folded)


def _version(request: Request, place: Organisation) -> Published:
    """The version to build on: the last one a place decided to go by."""
    version = queries.version_to_change(request.viewer.scope(Can.EDIT_SKILLS), place.pk)
    if version is None:
        raise Http404
    return version


def _folded(request: Request, place: Organisation, form: forms.ChangeForm | forms.AddForm) -> tuple[BoundField, ...]:
    """The questions about families nobody at a practice belongs to today; none where practices lie beneath."""
    if place.kind != Kind.PRACTICE:
        return ()
    here = {one.role_id for one in engagements_at(request.viewer.scope(Can.EDIT_SKILLS), place.pk, request.today)}
    return form.of_nobody(here) if here else ()


def _form_page(
    request: Request,
    place: Organisation,
    form: Form[object],
    title: str,
    effect: str,
    button: str,
    folded: tuple[BoundField, ...] = (),
) -> HttpResponse:
    here = reverse("skills:framework", args=[place.code])
    page = pages.FormPage(
        title=title,
        back=Link("Our framework", here),
        form=form,
        caption=place.name,
        effect=effect,
        button=button,
        cancel_href=here,
        folded=folded,
    )
    return render(request, page)
