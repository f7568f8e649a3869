"""The pack an organisation offers: who is on which version, what it holds, and its next version."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.telling import brief_sentence
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.requirements.queries import names_for, requirement_by_key
from preceptor.compliance.standing.domain.figures import Figures
from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.sheets import sheet_of
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.downloads import csv_download, xlsx_download
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import count, day, listed, minutes

from .. import actions, forms, pages, queries
from ..actions.offering import Changed
from ..domain import Item, PackNamed
from ..domain.reasons import Recurring, recurring
from ..queries.offered import Offerable, shareable

_FIELDS = {"starts_on": "first_on", "first_due_days": "first_due", "wanted": ""}


def own(request: Request, code: str) -> HttpResponse:
    """Which practices are on which version, what waits, which reasons recur, and what the pack holds."""
    place = offering_place(request, code)
    scope = request.viewer.scope(Can.EDIT_PACKS)
    pack = queries.own_pack(scope, place.pk)
    found = queries.offerable(scope, place.pk, request.at)
    places = queries.places_on(request.viewer.scope(Can.SEE_SHARES), pack, request.today) if pack else []
    names = names_for(request.viewer.scope(Can.SEE_PEOPLE))
    versions = queries.versions_of(pack.id) if pack else []
    return render(
        request,
        pages.OwnPage(
            title=pack.name if pack else f"A pack of {place.name}",
            back=Link("All packs", reverse("packs:packs", args=[place.code])),
            code=place.code,
            lead=f"Version {versions[0].number}: {versions[0].note}" if versions else _LEAD,
            pending=tuple(one.item.title for one in found if _is_pending(one)),
            places=tuple(_place_row(one) for one in places),
            declined_by_law=tuple(pages.LawRow(some.name, *said) for some in places for said in some.by_law),
            reasons=tuple(_reason_row(one) for one in _recurring(request, pack, places)),
            items=tuple(_offer_row(place, one, names) for one in found if one.packed),
            more=tuple(_offer_row(place, one, names) for one in found if not one.packed),
            shared=_shared(request, place, found),
            versions=pages.versions_told(versions),
        ),
    )


def offer(request: Request, code: str, key: str) -> HttpResponse:
    """Change a requirement for the pack: how long it counts, how soon it is due, from when, how, and why."""
    place = offering_place(request, code)
    found = may_hold(request, place, key)
    met_by = found.item.rule.met_by
    has_months = isinstance(met_by, Achieved)
    form = forms.OfferForm(
        request.POST or None,
        has_months=has_months,
        today=request.today,
        initial={
            "months": met_by.months if isinstance(met_by, Achieved) else None,
            "first_due": found.item.rule.first_due_days,
            "takes_over": "at_renewal",
        },
    )
    home = reverse("packs:own", args=[place.code])
    if offering := form.value():
        changed = Changed(
            starts_on=offering.starts_on,
            transition=offering.transition,
            first_due_days=offering.first_due_days,
            months=offering.months,
            rationale=offering.rationale,
            decided_by=offering.decided_by,
            decided_on=offering.decided_on,
        )
        try:
            actions.offer_change(
                by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), key=key, changed=changed
            )
        except Refusal as refused:
            form.refuse(_FIELDS.get(refused.field, refused.field), refused.message)
        else:
            messages.success(request, f"{found.item.title} is changed. It reaches practices with the next version.")
            return redirect(home)
    names = names_for(request.viewer.scope(Can.SEE_PEOPLE), [found.item.rule])
    page = pages.FormPage(
        title=f"Change {found.item.title} for the pack",
        back=Link("Back to the pack", home),
        form=form,
        caption=place.name,
        effect=f"Now: {brief_sentence(found.item.rule, names)} Nobody is obliged by this before a practice takes it.",
        button="Change it",
        cancel_href=home,
        number=0,
        instead=Link("Change whom it is for, or how it is met", reverse("packs:rule", args=[place.code, key]))
        if request.viewer.scope(Can.EDIT_REQUIREMENTS).holds(place.pk)
        else None,
    )
    return render(request, page)


def share(request: Request, code: str, key: str) -> HttpResponse:
    """Offer what the organisation requires of its own people, as it is."""
    place = offering_place(request, code)
    if request.method != "POST":
        return redirect("packs:own", place.code)
    held = requirement_by_key(request.viewer.scope(Can.EDIT_PACKS), place.pk, key)
    try:
        actions.offer_own(by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), requirement=held.id)
    except Refusal as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"{held.title} may be in the pack. It reaches practices with the next version.")
    return redirect("packs:own", place.code)


def next_version(request: Request, code: str) -> HttpResponse:
    """Choose what the next version holds, see what it would do in each practice, and publish it."""
    place = offering_place(request, code)
    scope = request.viewer.scope(Can.EDIT_PACKS)
    pack = queries.own_pack(scope, place.pk)
    found = queries.offerable(scope, place.pk, request.at)
    names = names_for(request.viewer.scope(Can.SEE_PEOPLE))
    offers = [
        forms.Offer(
            one.item.key,
            one.item.title,
            one.item.area,
            one.item.area_name,
            brief_sentence(one.item.rule, names),
            one.packed is not None or one.is_own or (pack is None and one.item.core),
        )
        for one in found
    ]
    form = forms.NextForm(request.POST or None, offers=offers, is_first=pack is None)
    home = reverse("packs:own", args=[place.code])
    wanted = form.value()
    if wanted and "confirm" in request.POST:
        try:
            number = actions.publish_pack(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                name=wanted.name,
                wanted=wanted.wanted,
                note=wanted.note,
            )
        except Refusal as refused:
            form.refuse(_FIELDS.get(refused.field, refused.field), refused.message)
        else:
            messages.success(request, f"Version {number} is published. Nothing changes before a practice takes it.")
            return redirect(home)
    elif wanted and "change" not in request.POST:
        return _checked(request, place, _check_page(request, place, form, wanted, found))
    page = pages.NextPage(
        title="The next version of the pack" if pack else "Make a pack",
        back=Link("Back to the pack", home),
        form=form,
        cancel_href=home,
    )
    return render(request, page)


_LEAD = (
    "You offer no pack yet. A pack is a list of requirements practices beneath can adopt, change or decline. "
    "It obliges nobody by itself."
)


def _checked(request: Request, place: Organisation, page: pages.NextCheckPage) -> HttpResponse:
    """The dry run as a page, or as the file that was asked for."""
    kind, name = request.POST.get("file", ""), f"dry-run-pack-{place.code}-{request.today:%Y-%m-%d}"
    if kind not in {"csv", "xlsx"}:
        return render(request, page)
    lines = list(pages.downloads.lines(f"{place.name} ({place.code})", day(request.today), page))
    if kind == "csv":
        return csv_download(lines, name)
    return xlsx_download(sheet_of("Dry run", lines, [pages.downloads.HEADS]), name)


def _check_page(
    request: Request, place: Organisation, form: forms.NextForm, wanted: forms.Next, found: list[Offerable]
) -> pages.NextCheckPage:
    items = {one.item.key: one.item for one in found if one.item.key in wanted.wanted}
    rows = queries.forecasts(request.viewer.scope(Can.SEE_SHARES), place.pk, items, request.today)
    return pages.NextCheckPage(
        title="Dry run: what it would do",
        back=Link("Back to the pack", reverse("packs:own", args=[place.code])),
        caption=place.name,
        lead="Nothing has been published. If each practice took everything as it is offered, judged on what is known "
        "today. Publishing changes nothing by itself: each practice decides.",
        note=wanted.note,
        differences=_differences(items, found),
        rows=tuple(_forecast_row(one) for one in rows),
        given=form.given(),
        button="Publish this version",
        cancel=Link("Cancel", reverse("packs:own", args=[place.code])),
    )


def _differences(items: dict[str, Item], found: list[Offerable]) -> tuple[str, ...]:
    said = []
    for one in found:
        now = items.get(one.item.key)
        if now and one.packed is None:
            said.append(f"Added: {now.title}")
        elif now and one.packed and one.packed.version != now.version:
            said.append(f"Changed: {now.title}")
        elif now is None and one.packed:
            said.append(f"Withdrawn: {one.item.title}")
    return tuple(said)


def _forecast_row(one: queries.Forecast) -> pages.ForecastRow:
    if not one.changes:
        return pages.ForecastRow(one.name, "Nothing would change", None, "")
    figures = one.figures if one.figures and one.figures.is_shown else None
    meta = count(one.changes, "change")
    if figures and one.by:
        meta += f", all by {day(one.by)}"
    follows = "" if one.is_following else ". Does not follow the pack yet"
    return pages.ForecastRow(one.name, meta + follows, figures, _hours(figures) if figures else "–")


def _hours(figures: Figures) -> str:
    more = figures.minutes_after - figures.minutes_before
    if not more:
        return "As now"
    return f"{minutes(abs(more))} {'more' if more > 0 else 'less'}"


def offering_place(request: Request, code: str) -> Organisation:
    """The place in the address, if it may offer a pack and the viewer leads there."""
    place = organisation_by_code(request.viewer.scope(Can.EDIT_PACKS), code)
    if place.kind == "practice":
        raise Http404
    return place


def may_hold(request: Request, place: Organisation, key: str) -> Offerable:
    """Something that a place's pack may hold, by its key. Anything else does not exist."""
    found = queries.offerable(request.viewer.scope(Can.EDIT_PACKS), place.pk, request.at)
    one = next((one for one in found if one.item.key == key), None)
    if one is None:
        raise Http404
    return one


def _is_pending(one: Offerable) -> bool:
    """Is there something newer than what the pack holds?"""
    return one.packed.version != one.item.version if one.packed else one.is_own


def _place_row(one: queries.PlaceOn) -> pages.PlaceRow:
    waiting = f"{one.waiting}, {one.put_off} put off" if one.put_off else str(one.waiting)
    version = f"Version {one.on_version}" if one.on_version else "Not following"
    return pages.PlaceRow(one.name, version, waiting if one.on_version is not None else "–", one.left, one.declined)


def _recurring(request: Request, pack: PackNamed | None, places: list[queries.PlaceOn]) -> tuple[Recurring, ...]:
    given = [reason for some in places for reason in some.reasons]
    if pack is None or not given:
        return ()
    return recurring(given, queries.names_known(request.viewer.scope(Can.SEE_SHARES), pack, request.today))


def _reason_row(one: Recurring) -> pages.ReasonRow:
    said = [f"{count(one.left, 'practice keeps its own', 'practices keep their own')}"] if one.left else []
    said += [f"{count(one.declined, 'practice')} declined"] if one.declined else []
    words = ", ".join(f"{word} ({number})" for word, number in one.words)
    return pages.ReasonRow(one.title, listed(said), words)


def _offer_row(place: Organisation, one: Offerable, names: Names) -> pages.OfferRow:
    origin = "Yours" if one.is_own else "National"
    meta = f"{origin}, version {one.item.number}"
    if _is_pending(one):
        meta += ", not in a published version yet"
    return pages.OfferRow(
        one.item.title,
        brief_sentence(one.item.rule, names),
        meta,
        reverse("packs:offer", args=[place.code, one.item.key]),
    )


def _shared(request: Request, place: Organisation, found: list[Offerable]) -> tuple[pages.OfferRow, ...]:
    """What the organisation requires of its own people and changed itself, to be offered as it is."""
    return tuple(
        pages.OfferRow(title, "", "", "", reverse("packs:share", args=[place.code, key]))
        for key, title in shareable(request.viewer.scope(Can.EDIT_PACKS), place.pk, found)
    )
