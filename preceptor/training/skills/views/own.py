"""One's own skills: saying how well one does them, logging, and asking for a signature."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.domain import PersonId
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries
from ..domain import Framework, Skill
from ..domain.signing import AskId, OwnSkill


@dataclass(frozen=True, slots=True)
class _About:
    """Whose skill, which, and where."""

    person: UUID
    place: Organisation
    framework: Framework
    skill: Skill
    own: OwnSkill

    @property
    def here(self) -> str:
        """The page of the skill."""
        return reverse("skills:own", args=[self.place.code, self.skill.key])

    @property
    def organisation(self) -> OrganisationId:
        """The place's identifier."""
        return OrganisationId(self.place.pk)


def own(request: Request, code: str, key: str) -> HttpResponse:
    """One skill of mine: what I said, who signed, what is next."""
    about = _about(request, code, key)
    pictures = queries.pictures_of_person(request.viewer.scope(Can.SEE_STANDING), about.person, request.today)
    held = next(
        (
            picture.held[who.engagement, key]
            for loaded, picture in pictures
            if loaded.organisation.pk == about.place.pk
            for who in picture.people
            if (who.engagement, key) in picture.held
        ),
        None,
    )
    used = queries.systems_for(about.place.pk, about.skill, request.today)
    return render(request, pages.own_page(about.place.code, about.skill, about.framework, about.own, held, used))


def rate(request: Request, code: str, key: str) -> HttpResponse:
    """Say how well I do a task now, and how well I need to."""
    about = _about(request, code, key)
    last = about.own.rating
    initial = {"now": last.said.now, "need": int(last.said.need), "words": last.said.words} if last else {}
    form = forms.RateForm(request.POST or None, framework=about.framework, initial=initial)
    if said := form.value():
        try:
            actions.rate(by=request.viewer, at=request.at, organisation=about.organisation, skill=key, said=said)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            before = " What you said before stays in the history." if last else ""
            messages.success(request, f"What you say now is kept.{before}")
            return redirect(about.here)
    effect = "Only you see this, until you ask somebody to sign for it: then they and your manager do."
    if about.own.is_signed:
        effect += " The signature you have is for what you said before and is not carried over."
    if about.own.asked:
        effect += " What you asked of somebody about what you said before is taken back, so ask again afterwards."
    return _form_page(request, about, form, "How well do you do this?", effect, "Keep this")


def ask(request: Request, code: str, key: str) -> HttpResponse:
    """Ask a colleague to sign for what I said."""
    about = _about(request, code, key)
    if about.own.refused:
        return _refused(request, about, "Ask for a signature")
    scope = request.viewer.scope(Can.SIGN_SKILLS)
    found = queries.assessors_at(scope, about.place.pk, about.skill, request.today, besides=about.person)
    form = forms.AskForm(
        request.POST or None, assessors=[(str(one.person), one.name, f"Is {one.entitled_by}") for one in found]
    )
    if chosen := form.value():
        try:
            actions.ask_colleague(
                by=request.viewer,
                at=request.at,
                organisation=about.organisation,
                skill=key,
                assessor=PersonId(UUID(chosen)),
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "You have asked. They see what you said, and so does your manager.")
            return redirect(about.here)
    page = pages.AskPage(
        title="Ask for a signature",
        back=Link(about.skill.title, about.here),
        form=form,
        has_assessors=bool(found),
        invite_href=reverse("skills:invite", args=[about.place.code, key]),
        cancel_href=about.here,
    )
    return render(request, page)


def invite(request: Request, code: str, key: str) -> HttpResponse:
    """Ask somebody outside, by email, to sign for what I said."""
    about = _about(request, code, key)
    if about.own.refused:
        return _refused(request, about, "Ask somebody outside")
    form = forms.InviteForm(request.POST or None)
    if inviting := form.value():
        token = secrets.token_urlsafe(32)
        try:
            actions.invite_assessor(
                by=request.viewer,
                at=request.at,
                organisation=about.organisation,
                skill=key,
                name=inviting.name,
                work=inviting.work,
                email=inviting.email,
                link_sha256=hashlib.sha256(token.encode()).hexdigest(),
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            link = request.build_absolute_uri(reverse("skills:invited", args=[token]))
            letter = _letter(inviting.name, request.viewer.name, about, link)
            send_mail(f"{request.viewer.name} asks you to sign for a skill", letter, None, [inviting.email])
            messages.success(request, f"We have written to {inviting.email}. The link works for 4 weeks.")
            return redirect(about.here)
    effect = (
        "Use this when nobody here can sign for it. They must have seen you do it, or see it now. "
        "They need no account: they get a link by email that works once, for 4 weeks."
    )
    return _form_page(request, about, form, "Ask somebody outside", effect, "Send the link")


def take_back(request: Request, code: str, key: str, ask: UUID) -> HttpResponse:
    """Take back what I asked of somebody."""
    about = _about(request, code, key)
    queries.own_ask(about.person, AskId(ask))
    if request.method == "POST":
        try:
            actions.take_back(by=request.viewer, at=request.at, ask=AskId(ask))
        except Refusal as refused:
            messages.warning(request, f"{refused.message}.")
        else:
            messages.success(request, "It is taken back. You can ask somebody else.")
    return redirect(about.here)


def log(request: Request, code: str, key: str) -> HttpResponse:
    """Log one procedure."""
    about = _about(request, code, key)
    if not about.skill.times:
        raise Http404
    form = forms.LogForm(request.POST or None)
    if logging := form.value():
        try:
            actions.log_procedure(
                by=request.viewer,
                at=request.at,
                organisation=about.organisation,
                skill=key,
                on=logging.on,
                supervisor=logging.supervisor,
                note=logging.note,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "It is logged.")
            return redirect(about.here)
    effect = f"{len(about.own.logged)} of {about.skill.times} are logged. Each counts once an assessor has signed."
    return _form_page(request, about, form, "Log one that you did", effect, "Log it")


def _about(request: Request, code: str, key: str) -> _About:
    person = request.viewer.person
    works_at = request.viewer.scope(Can.SIGN_SKILLS)
    place = organisation_by_code(works_at, code)
    version = queries.version_gone_by(works_at, place.pk, request.today)
    framework = queries.framework_of(version.id) if version else None
    skill = framework.skill(key) if framework else None
    if person is None or framework is None or skill is None:
        raise Http404
    mine = queries.own_skill(request.viewer.scope(Can.RATE_SKILLS), person, key)
    return _About(person, place, framework, skill, mine)


def _refused(request: Request, about: _About, title: str) -> HttpResponse:
    """Why nobody can be asked now."""
    back = Link(about.skill.title, about.here)
    return render(request, pages.NobodyAskedPage(title=title, back=back, why=about.own.refused, skill_href=about.here))


def _letter(name: str, asker: str, about: _About, link: str) -> str:
    return (
        f"Hello {name},\n\n"
        f"{asker} of {about.place.name} asks you to sign that they can do this:\n{about.skill.title}\n\n"
        "Please sign only for what you saw or talked through yourself. You need no account. Here is what they say, and "
        f"where to answer. The link works once, for 4 weeks:\n{link}\n\n"
        "If you do not know them, do nothing.\n"
    )


def _form_page(
    request: Request, about: _About, form: Form[object], title: str, effect: str, button: str
) -> HttpResponse:
    page = pages.FormPage(
        title=title,
        back=Link(about.skill.title, about.here),
        form=form,
        caption=about.skill.title,
        effect=effect,
        button=button,
        cancel_href=about.here,
    )
    return render(request, page)
