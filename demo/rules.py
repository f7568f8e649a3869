"""What each place of the demo world requires: taken over as it was published, changed once, eased now and then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, TypedDict

from preceptor.compliance.packs.actions import (
    adopt,
    decline,
    leave_change,
    offer_change,
    publish_national,
    publish_pack,
    put_off,
    take_change,
)
from preceptor.compliance.packs.actions.offering import Changed
from preceptor.compliance.packs.domain import PackId
from preceptor.compliance.packs.queries import own_pack, packs_at
from preceptor.compliance.packs.queries.offered import national_pack
from preceptor.compliance.requirements.actions import (
    publish_version,
    record_exemption,
    record_extension,
    record_leave,
    withdraw_adjustment,
)
from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.decisions import (
    LEAVE_NAMES,
    Cited,
    Decision,
    Eased,
    Force,
    Leave,
    RequirementId,
)
from preceptor.compliance.requirements.domain.held import HeldRequirement
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal
from preceptor.compliance.requirements.domain.versions import written_version
from preceptor.compliance.requirements.queries import requirement_by_key, templates
from preceptor.foundation.access import EVERYWHERE, Viewer, system_account
from preceptor.foundation.dates import add_months
from preceptor.register.organisations.domain import OrganisationId

from .people import Staff
from .places import DEMOS, HUB, PRACTICES, Demo, beginning
from .spans import ago, at, working_day

YEARLY_FIRE: Final = "A81003"
_ALONE_NEVER: Final = "A81001"
BUILDER: Final = system_account("demo")

# What the hub's pack holds.
_IN_THE_PACK: Final = ("fire-safety", "data-security", "equality-diversity", "health-safety", "safeguarding-1")

# Publications this close together are looked at in one meeting.
_ONE_MEETING: Final = timedelta(days=80)
_THINKING: Final = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class _Leave:
    place: str
    email: str
    starts: str
    ends: str
    kind: Leave


_LEAVES: Final = (
    _Leave("A81001", "laura.pryce@alder.example", "5m", "+70d", Leave.PARENTAL),
    _Leave("A81001", "sandra.hughes@alder.example", "2y4m", "2y1m", Leave.SICKNESS),
    _Leave("A81002", "una.stanwick@birch.example", "3m", "+150d", Leave.PARENTAL),
    _Leave("A81002", "hettie.nayar@birch.example", "3w", "+40d", Leave.SICKNESS),
    _Leave("A81004", "rashid.winfield@stannes.example", "4m", "+60d", Leave.SABBATICAL),
    _Leave("A81005", "gemma.vickery@ferryroad.example", "1y8m", "11m", Leave.PARENTAL),
)


class _Asked(TypedDict):
    """Which change of a pack is answered, and when."""

    at: datetime
    pack: PackId
    number: int
    key: str


def adopt_everything(by: Mapping[str, Viewer], places: Mapping[str, OrganisationId], today: date) -> None:
    """Lets every place take over its requirements as they were published, from the day it began."""
    offered = templates()
    taking: list[tuple[date, Demo, list[HeldRequirement]]] = []
    for demo in DEMOS:
        wanted = [one for one in offered if one.core or one.key in demo.extra]
        missing = set(demo.extra) - {one.key for one in wanted}
        if missing:
            raise ValueError(f"{demo.name} wants requirements that are not in the catalogue: {sorted(missing)}")
        first = add_months(beginning(today), demo.adopted)
        taking += [(day, demo, chosen) for day, chosen in meetings(wanted, first, today)]
    published = {beginning(today), *(version.published_at.date() for one in offered for version in one.versions)}
    days = sorted(day for day in published if beginning(today) <= day <= today)
    for day, demo, chosen in sorted(taking, key=lambda one: one[0]):
        while days and days[0] <= day:
            publish_national(by=BUILDER, at=at(days.pop(0), 8))
        national = national_pack()
        if national is None:
            raise ValueError("the catalogue is empty")
        adopt(
            by=by[demo.code],
            at=at(day, 14),
            organisation=places[demo.code],
            pack=national.id,
            wanted=[one.key for one in chosen],
            starts_on=day,
            decided_by="Partners’ meeting" if demo.code.startswith("A") else "Network board",
            decided_on=day,
        )


def offer_packs(by: Viewer, managing: Mapping[str, Viewer], places: Mapping[str, OrganisationId], today: date) -> None:
    """Lets the hub offer a pack: first what everybody has, then fire safety every year."""
    first, second = working_day(ago("9m", today)), working_day(ago("5w", today))
    hub = places[HUB]
    note = "What every practice of the vale starts with"
    publish_pack(by=by, at=at(first, 11), organisation=hub, name="Vale starter pack", wanted=_IN_THE_PACK, note=note)
    _follow(managing, places, first)
    yearly = Changed(
        starts_on=_new_year(today),
        transition=AtRenewal(),
        first_due_days=28,
        months=12,
        rationale="Three small fires in the county within a year, and the brigade asks for it.",
        decided_by="Training board",
        decided_on=second,
    )
    offer_change(by=by, at=at(second, 10), organisation=hub, key="fire-safety", changed=yearly)
    note = "Fire safety every year"
    publish_pack(by=by, at=at(second, 11), organisation=hub, name="", wanted=_IN_THE_PACK, note=note)


def answer_packs(by: Mapping[str, Viewer], places: Mapping[str, OrganisationId], today: date) -> None:
    """Lets practices differ: one takes the change at next renewal, three keep theirs, one puts it off, one waits."""
    day = working_day(ago("2w", today))
    asked = _Asked(at=at(day, 15), pack=_hubs_pack(places), number=2, key="fire-safety")
    take_change(
        by=by["A81002"],
        organisation=places["A81002"],
        starts_on=_new_year(today),
        transition=AtRenewal(),
        decided_by="Partners’ meeting",
        decided_on=day,
        **asked,
    )
    for code, reason in (
        ("A81003", "We have done it every year since we moved into this building"),
        ("A81004", "Ours is a new building with new alarms, and every second year is enough"),
        ("A81005", "A small building with new alarms"),
    ):
        leave_change(by=by[code], organisation=places[code], reason=reason, **asked)
    put_off(by=by["A81006"], organisation=places["A81006"], **asked)
    _decline_by_law(by[_ALONE_NEVER], places[_ALONE_NEVER], working_day(ago("8m", today)))


def _decline_by_law(by: Viewer, place: OrganisationId, day: date) -> None:
    """Lets one practice say why a law does not ask something of it."""
    (national,) = [one for one in packs_at(EVERYWHERE, place, day) if one.pack.is_national]
    decline(
        by=by,
        at=at(day, 16),
        organisation=place,
        pack=national.pack.id,
        number=national.number,
        key="lone-working",
        ends_on=None,
        reason="Two people open up and close, and nobody visits alone",
        legal_reason="The duty is to whoever works alone, and nobody here does. We look again when that changes.",
    )


def _follow(by: Mapping[str, Viewer], places: Mapping[str, OrganisationId], day: date) -> None:
    """Lets every practice follow the hub's pack; each has what it holds already."""
    pack = _hubs_pack(places)
    for demo in PRACTICES:
        adopt(
            by=by[demo.code],
            at=at(day, 16),
            organisation=places[demo.code],
            pack=pack,
            wanted=_IN_THE_PACK,
            starts_on=day,
            decided_by="Partners’ meeting",
            decided_on=day,
        )


def _hubs_pack(places: Mapping[str, OrganisationId]) -> PackId:
    pack = own_pack(EVERYWHERE, places[HUB])
    if pack is None:
        raise ValueError("the hub offers no pack")
    return pack.id


def _new_year(today: date) -> date:
    return date(today.year + 1, 1, 1)


def meetings(wanted: list[HeldRequirement], first: date, today: date) -> Iterator[tuple[date, list[HeldRequirement]]]:
    """The days on which there was something to take over, with what: all that was there, then what came later."""
    yield first, [one for one in wanted if one.versions[0].published_at.date() <= first]
    later = sorted(
        {version.published_at.date() for one in wanted for version in one.versions} - {first},
    )
    later = [day for day in later if first < day <= today - _THINKING]
    while later:
        together = [day for day in later if day <= later[0] + _ONE_MEETING]
        later = later[len(together) :]
        chosen = [one for one in wanted if any(version.published_at.date() in together for version in one.versions)]
        yield working_day(min(together[-1] + _THINKING, today - timedelta(days=1))), chosen


def make_fire_yearly(by: Viewer, places: Mapping[str, OrganisationId], today: date) -> None:
    """One practice asks for fire safety every year, and says why."""
    fire = requirement_by_key(EVERYWHERE, places[YEARLY_FIRE], "fire-safety")
    rule = fire.versions[-1].rule
    if not isinstance(rule.met_by, Achieved):
        raise TypeError("fire safety is a course that lasts for some months")
    decided = working_day(add_months(today, -14))
    yearly = replace(
        rule,
        starts_on=decided + timedelta(days=28),
        met_by=replace(rule.met_by, months=12),
        transition=AtOnce(180),
        published_at=None,
    )
    publish_version(
        by=by,
        at=at(decided, 16),
        requirement=fire.id,
        rule=written_version(yearly),
        decision=Decision(
            basis=Force.LOCAL,
            rationale="We moved into the old mill, with one stair and a shared exit, and want everyone to know it.",
            decided_by="Partners’ meeting",
            decided_on=decided,
            review_by=add_months(decided, 12),  # two months ago: it is past its review
            minutes=30,
            local_choice="Every year in place of every second year, while we are in the mill.",
        ),
        citations=[
            Cited("fire-safety-order-2005", "Training is repeated periodically where appropriate.", followed=True),
            Cited("cstf-england", "Every 2 years.", followed=False),
        ],
    )


def ease(by: Mapping[str, Viewer], places: Mapping[str, OrganisationId], staff: Staff, today: date) -> None:
    """Records the leave, the exemptions and the extensions of five years, one of them withdrawn."""
    for leave in _LEAVES:
        starts_on, ends_on = ago(leave.starts, today), ago(leave.ends, today)
        record_leave(
            by=by[leave.place],
            at=at(working_day(starts_on - timedelta(days=10)), 11),
            engagement=staff.engagements[leave.email, leave.place],
            eased=Eased(starts_on, LEAVE_NAMES[leave.kind], "Practice manager", ends_on),
            leave=leave.kind,
        )
    _exempt(by, places, staff, today)
    _extend(by, places, today)


def _exempt(by: Mapping[str, Viewer], places: Mapping[str, OrganisationId], staff: Staff, today: date) -> None:
    def excuse(place: str, email: str, key: str, starts: str, ends: str, reason: str, authority: str) -> None:
        starts_on = ago(starts, today)
        record_exemption(
            by=by[place],
            at=at(working_day(starts_on), 12),
            engagement=staff.engagements[email, place],
            requirement=_key(places, place, key),
            eased=Eased(starts_on, reason, authority, ago(ends, today)),
        )

    advice = "Occupational health advice"
    excuse(
        "A81001",
        "sandra.hughes@alder.example",
        "life-support-everyone",
        *("6w", "+100d"),
        "A shoulder injury: no chest compressions until it has healed",
        advice,
    )
    excuse(
        "A81005",
        "ximena.fordyce@ferryroad.example",
        "conflict-resolution",
        *("14m", "2m"),
        "Seconded to the network, not facing patients",
        "Senior partner",
    )
    mistaken = record_exemption(
        by=by["A81002"],
        at=at(working_day(ago("8m", today)), 12),
        engagement=staff.engagements["olu.banwell@birch.example", "A81002"],
        requirement=_key(places, "A81002", "life-support-everyone"),
        eased=Eased(ago("8m", today), "Works from home", "Practice manager", ago("+90d", today)),
    )
    withdraw_adjustment(
        by=by["A81002"],
        at=at(working_day(ago("7m", today)), 9),
        adjustment=mistaken,
        reason="He works from home on Fridays only",
    )


def _extend(by: Mapping[str, Viewer], places: Mapping[str, OrganisationId], today: date) -> None:
    starts_on = ago("2y7m", today)
    for demo in DEMOS[:2]:
        record_extension(
            by=by[demo.code],
            at=at(working_day(starts_on), 17),
            organisation=places[demo.code],
            requirements=[_key(places, demo.code, key) for key in ("data-security", "equality-diversity")],
            starts_on=starts_on,
            until_on=starts_on + timedelta(days=42),
            reason="The e-learning site could not be reached for three weeks",
            authority="Board’s letter to practices",
        )
    record_extension(
        by=by["A81004"],
        at=at(working_day(ago("3w", today)), 13),
        organisation=places["A81004"],
        requirements=[_key(places, "A81004", "life-support-clinical"), _key(places, "A81004", "life-support-everyone")],
        starts_on=ago("3w", today),
        until_on=ago("+45d", today),
        reason="The trainer is ill and the practical session was moved to January",
        authority="Practice manager and safeguarding lead",
    )


def _key(places: Mapping[str, OrganisationId], place: str, key: str) -> RequirementId:
    return requirement_by_key(EVERYWHERE, places[place], key).id
