"""Standing by how a skill is described, and no longer doing so."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries
from ..domain.reviewing import description_digest


def review(request: Request, code: str, key: str) -> HttpResponse:
    """Read a description and confirm it; or take that back, where somebody here has."""
    scope = request.viewer.scope(Can.EDIT_SKILLS)
    place = organisation_by_code(scope, code)
    version = queries.version_to_read(scope, place.pk, request.today)
    skill = queries.framework_of(version.id).skill(key) if version else None
    if skill is None:
        raise Http404
    stands, home = queries.stands_by(place.pk, skill), OrganisationId(place.pk)
    form = (forms.DoubtForm if stands else forms.ConfirmForm)(request.POST or None)
    if words := form.value():
        try:
            if stands:
                actions.doubt_skill(by=request.viewer, at=request.at, organisation=home, skill=key, reason=words)
            else:
                actions.confirm_skill(
                    by=request.viewer,
                    at=request.at,
                    organisation=home,
                    skill=key,
                    digest=request.POST.get("described", ""),
                    words=words,
                )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "It is no longer confirmed here." if stands else "The description is confirmed.")
            return redirect("skills:skill", place.code, key)
    here = reverse("skills:skill", args=[place.code, key])
    page = pages.ReviewPage(
        title="Take back that it is right" if stands else "Confirm the description",
        back=Link(skill.title, here),
        skill=skill.title,
        look_for=skill.look_for,
        variants=pages.variants_of(skill, queries.system_names()),
        stands=stands,
        described=description_digest(skill),
        form=form,
        cancel_href=here,
    )
    return render(request, page)
