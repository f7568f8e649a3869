"""Leave, exemptions, extensions, and their register."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.domain import EngagementId
from preceptor.register.people.queries import engagement_by_id, staff_groups
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request, next_url

from .. import actions, forms, pages, queries
from ..domain.decisions import AdjustmentId

_FIELDS = {"starts_on": "first_on", "ends_on": "last_on"}


def leave(request: Request, engagement: UUID) -> HttpResponse:
    """Record that someone is away."""
    term = engagement_by_id(request.viewer.scope(Can.ADJUST), EngagementId(engagement))
    name, place = str(term.engagement.person), term.engagement.organisation
    form = forms.LeaveForm(request.POST or None)
    back = next_url(request, reverse("requirements:adjustments", args=[place.code]))

    def record() -> None:
        if eased := form.value():
            actions.record_leave(
                by=request.viewer,
                at=request.at,
                engagement=EngagementId(engagement),
                eased=eased,
                leave=form.kind(),
            )

    if _done(request, form, record, f"{name}’s leave is recorded."):
        return redirect(back)
    effect = (
        f"Nothing {name} has to do at {place.name} can become overdue while they are away. After that they have time "
        "to catch up."
    )
    return render(request, _page(f"{name}: record leave", place.name, form, effect, "Record leave", back))


def exemption(request: Request, engagement: UUID) -> HttpResponse:
    """Excuse someone from one requirement."""
    scope = request.viewer.scope(Can.ADJUST)
    term = engagement_by_id(scope, EngagementId(engagement))
    name, place = str(term.engagement.person), term.engagement.organisation
    offered = _offered(request, scope, place.pk)
    form = forms.ExemptionForm(
        request.POST or None,
        offered=offered.values(),
        initial={"requirement": offered.get(request.GET.get("requirement", ""), ("",))[0]},
    )
    back = next_url(request, reverse("requirements:adjustments", args=[place.code]))

    def record() -> None:
        if eased := form.value():
            actions.record_exemption(
                by=request.viewer,
                at=request.at,
                engagement=EngagementId(engagement),
                requirement=form.requirement_id(),
                eased=eased,
            )

    if _done(request, form, record, f"{name} is excused."):
        return redirect(back)
    effect = f"{name} will not need it at {place.name} on these days, and it will say so wherever it is shown."
    return render(request, _page(f"Excuse {name} from a requirement", place.name, form, effect, f"Excuse {name}", back))


def extend(request: Request, code: str) -> HttpResponse:
    """Keep training valid longer for everyone it concerns."""
    scope = request.viewer.scope(Can.ADJUST)
    place = organisation_by_code(scope, code)
    offered = _offered(request, scope, place.pk)
    groups = [(one.code, one.name) for one in staff_groups()]
    form = forms.ExtensionForm(request.POST or None, offered=offered.values(), groups=groups)
    back = next_url(request, reverse("requirements:adjustments", args=[place.code]))

    def record() -> None:
        if extended := form.value():
            actions.record_extension(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                requirements=extended.requirements,
                starts_on=extended.starts_on,
                until_on=extended.until_on,
                reason=extended.reason,
                authority=extended.authority,
                scope=extended.scope,
            )

    if _done(request, form, record, "The extension is recorded."):
        return redirect(back)
    effect = "Whoever is valid on one of the days before the last stays valid until the end of the last day."
    return render(request, _page("Extend requirements", place.name, form, effect, "Extend requirements", back))


def adjustments(request: Request, code: str) -> HttpResponse:
    """Every adjustment that holds today or will."""
    scope = request.viewer.scope(Can.ADJUST)
    place = organisation_by_code(scope, code)
    live = queries.live_adjustments(scope, place.pk, request.today)
    names = queries.audience_names(scope, [one.scope for one in live if one.scope])
    rows = tuple(pages.adjustment_row(one, names) for one in live)
    back = Link("All requirements", reverse("requirements:requirements", args=[place.code]))
    page = pages.AdjustmentsPage(title="Leave, exemptions and extensions", back=back, code=place.code, rows=rows)
    return render(request, page)


def withdraw_adjustment(request: Request, code: str, adjustment: UUID) -> HttpResponse:
    """Take an adjustment back, with the reason."""
    scope = request.viewer.scope(Can.ADJUST)
    place = organisation_by_code(scope, code)
    held = queries.adjustment_held(scope, place.pk, AdjustmentId(adjustment))
    row = pages.adjustment_row(held, queries.audience_names(scope, [held.scope] if held.scope else []))
    form = forms.ReasonForm(request.POST or None)
    back = next_url(request, reverse("requirements:adjustments", args=[place.code]))

    def record() -> None:
        if reason := form.value():
            actions.withdraw_adjustment(
                by=request.viewer, at=request.at, adjustment=AdjustmentId(adjustment), reason=reason
            )

    if _done(request, form, record, f"The {row.kind.lower()} is withdrawn."):
        return redirect(back)
    effect = (
        f"{row.kind}, {row.whom}: {row.days}. Withdrawn, it changes nothing any more, on any day, past days included."
    )
    return render(
        request,
        _page(
            f"Withdraw this {row.kind.lower()}",
            place.name,
            form,
            effect,
            f"Withdraw {row.kind.lower()}",
            back,
            warning=True,
        ),
    )


def _done(request: Request, form: Form[object], record: Callable[[], None], words: str) -> bool:
    """Carries out what a good form asks for, once. A refusal goes on the question it belongs to."""
    if form.value() is None:
        return False
    try:
        record()
    except Refusal as refused:
        form.refuse(_FIELDS.get(refused.field, refused.field), refused.message)
        return False
    messages.success(request, words)
    return True


def _offered(request: Request, scope: Scope, organisation: UUID) -> dict[str, tuple[str, str]]:
    """The organisation's requirements as a list to choose from, by key."""
    held = queries.requirements_of(scope, organisation)
    return {one.key: (str(one.id), one.title) for one in held if not one.has_ended(request.today)}


def _page(
    title: str, caption: str, form: Form[object], effect: str, button: str, back: str, *, warning: bool = False
) -> pages.AdjustFormPage:
    return pages.AdjustFormPage(
        title=title,
        back=Link("Back", back),
        form=form,
        caption=caption,
        effect=effect,
        button=button,
        cancel_href=back,
        next=back,
        is_warning=warning,
    )
