"""A reference for the judge: slow, day by day, written from standing.md alone.

Every set of the specification is a Python set of day numbers, over a horizon outside of which nothing changes any more.
Nothing of Preceptor is imported here, calendar arithmetic included: two mistakes alike are then unlikely.
The document is taken to be valid.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
Days: TypeAlias = set[int]

SETTINGS_IN_DAYS = ("first_due_days", "notice_days", "return_days", "grace_days", "early_days")


def judge(world: Json, *, as_of: date, known_at: datetime | None = None) -> list[Json]:
    """The answer of standing.md, section 9, for one day."""
    return Oracle(world, known_at=known_at, include=[as_of]).verdicts(as_of)


@cache
def day_number(text: str) -> int:
    """The number of a written day."""
    return date.fromisoformat(text).toordinal()


@cache
def months_after(day: int, months: int) -> int:
    """The same day of the month, so many months later, or that month's last day if it is too short."""
    start = date.fromordinal(day)
    month = start.month + months
    year = start.year
    while month > 12:
        month -= 12
        year += 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(start.day, last)).toordinal()


def holds(item: Json, day: int) -> bool:
    """Whether a dated thing holds on a day: from the first, up to but not including the second."""
    begins, ends = item.get("from"), item.get("to")
    return (begins is None or day_number(begins) <= day) and (ends is None or day < day_number(ends))


@dataclass(frozen=True)
class View:
    """What one chain of versions says, without extensions: two sets, and which version governs each day."""

    required: Days
    met: Days
    governor: dict[int, Json]


class Oracle:
    """All answers about one document, as it was known at one moment."""

    def __init__(self, world: Json, *, known_at: datetime | None = None, include: Iterable[date] = ()) -> None:
        self.world = world
        self.known_at = known_at
        first, last = horizon(world, include)
        self.days = range(first, last + 1)
        self.organisations = {item["id"]: item for item in world.get("organisations", [])}
        self.people = {item["id"]: item for item in world.get("people", [])}
        self._cases: dict[tuple[str, str], Case] = {}

    def is_known(self, fact: Json, learned: str = "recorded_at") -> bool:
        """Whether a fact was there to be seen: recorded by then, and not withdrawn by then."""
        recorded, withdrawn = fact.get(learned), fact.get("withdrawn_at")
        if self.known_at is None:
            return withdrawn is None
        if recorded is not None and datetime.fromisoformat(recorded) > self.known_at:
            return False
        return withdrawn is None or datetime.fromisoformat(withdrawn) > self.known_at

    def case(self, engagement: Json, requirement: Json) -> "Case":
        """One engagement before one requirement."""
        key = (engagement["id"], requirement["id"])
        if key not in self._cases:
            self._cases[key] = Case(self, engagement, requirement)
        return self._cases[key]

    def cases(self) -> Iterator["Case"]:
        """Every engagement before every requirement, ordered by those two ids."""
        for engagement in sorted(self.world.get("engagements", []), key=lambda item: item["id"]):
            for requirement in sorted(self.world.get("requirements", []), key=lambda item: item["id"]):
                yield self.case(engagement, requirement)

    def verdicts(self, as_of: date) -> list[Json]:
        """The list of section 9."""
        day = as_of.toordinal()
        return [case.verdict(day) for case in self.cases() if case.status[day] != "not_needed"]

    def changes(self) -> list[date]:
        """Every day on which something else is true than on the day before."""
        found: Days = set()
        for case in self.cases():
            found |= {day for day in self.days[1:] if case.signature(day) != case.signature(day - 1)}
        return [date.fromordinal(day) for day in sorted(found)]


def horizon(world: Json, include: Iterable[date]) -> tuple[int, int]:
    """The first and last day that matter: before and after them nothing changes any more."""
    dates = {day.toordinal() for day in include}
    lengths = {0}
    months = {0}

    def walk(value: object, key: str) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, key)
        elif isinstance(value, str) and key in {"from", "to", "on", "until", "expires_on"}:
            dates.add(day_number(value))
        elif isinstance(value, int) and key in SETTINGS_IN_DAYS:
            lengths.add(value)
        elif isinstance(value, int) and key == "months":
            months.add(value)

    walk(world, "")
    dates = dates or {1}
    return max(1, min(dates) - 2), max(dates) + max(months) * 31 + sum(sorted(lengths)[-2:]) + 3


class Case:
    """One engagement before one requirement, for every day of the horizon."""

    def __init__(self, oracle: Oracle, engagement: Json, requirement: Json) -> None:
        self.oracle = oracle
        self.days = oracle.days
        self.engagement = engagement
        self.requirement = requirement
        adjustments = [item for item in oracle.world.get("adjustments", []) if oracle.is_known(item)]
        mine = [item for item in adjustments if item.get("engagement") == engagement["id"]]
        self.pauses = [item for item in mine if item["kind"] == "pause"]
        self.exemptions = [
            item for item in mine if item["kind"] == "exemption" and item["requirement"] == requirement["id"]
        ]
        self.extensions = [
            item
            for item in adjustments
            if item["kind"] == "extension" and requirement["id"] in item.get("requirements", [])
        ]
        records = [
            item
            for item in oracle.world.get("records", [])
            if item["person"] == engagement["person"]
            and item.get("status", "accepted") == "accepted"
            and oracle.is_known(item)
            and (item.get("expires_on") is None or item["expires_on"] >= item["on"])
        ]
        versions = [item for item in requirement["versions"] if oracle.is_known(item, "published_at")]
        view = self.view(versions, records) if versions else View(set(), set(), {})
        self.required, self.governor = view.required, view.governor
        self.met = self.extended(view.met)
        self.paused = {day for day in self.required if any(holds(pause, day) for pause in self.pauses)}
        self.grace = self.grace_days()
        self.status = {day: self.status_on(day) for day in self.days}

    # Versions: who is required, what meets it, and which version governs (sections 3 and 4)

    def view(self, versions: list[Json], records: list[Json]) -> View:
        """J of these versions, over these records."""
        *earlier, version = versions
        own_required = self.required_by(version)
        own_met = self.met_by(version["met_by"], records)
        if not earlier:
            return View(own_required, own_met, dict.fromkeys(self.days, version))
        first = day_number(version["from"])
        before = self.view(earlier, records)
        required = {day for day in self.days if day in (before.required if day < first else own_required)}
        met = {day for day in self.days if day in (before.met if day < first else own_met)}
        governor = {day: before.governor[day] if day < first else version for day in self.days}
        [(transition, settings)] = version["transition"].items()
        if transition == "at_once":
            last = first + settings.get("grace_days", 0) - 1
            met |= {day for day in before.met if first <= day <= last}
        elif transition == "at_renewal":
            older = [record for record in records if day_number(record["on"]) < first]
            met |= {day for day in self.view(earlier, older).met if day >= first}
        else:
            stays, staying = self.staying(earlier, records, version)
            required |= stays
            for day in stays:
                governor[day] = staying.governor[day]
            met = {day for day in self.days if day in (staying.met if day in stays else met)}
        return View(required, met, governor)

    def staying(self, earlier: list[Json], records: list[Json], version: Json) -> tuple[Days, View]:
        """The days on which someone already there stays with the versions before a `new_starters` one."""
        first = day_number(version["from"])
        latest = earlier[-1]
        if latest.get("to") is not None and day_number(latest["to"]) >= first:
            latest = {**latest, "to": None}
        view = self.view([*earlier[:-1], latest], records)
        stays: Days = set()
        if first - 1 in view.required:
            day = first
            while day in view.required and holds(version, day):
                stays.add(day)
                day += 1
        return stays, view

    def required_by(self, version: Json) -> Days:
        """The days a version alone asks for: period, in force, audience, less exemptions."""
        audience = self.audience(version["audience"])
        return {
            day
            for day in self.days
            if holds(self.engagement, day)
            and holds(version, day)
            and day in audience
            and not any(holds(exemption, day) for exemption in self.exemptions)
        }

    # Audiences (section 3)

    def audience(self, node: object) -> Days:
        """The days on which the engagement is in an audience."""
        if node == "everyone":
            return set(self.days)
        assert isinstance(node, dict)
        [(name, value)] = node.items()
        if name == "all":
            return set(self.days).intersection(*(self.audience(part) for part in value))
        if name == "any":
            return set().union(*(self.audience(part) for part in value))
        if name == "not":
            return set(self.days) - self.audience(value)
        return {day for day in self.days if self.matches(name, value, day)}

    def matches(self, name: str, wanted: list[str], day: int) -> bool:
        """Whether one leaf of an audience holds on a day."""
        engagement = self.engagement
        if name in {"role", "staff_group", "kind", "person"}:
            return engagement.get(name) in wanted
        if name == "task":
            return any(item["value"] in wanted and holds(item, day) for item in engagement.get("tasks", []))
        if name == "at":
            return bool(self.at_or_above(engagement["organisation"], day) & set(wanted))
        assert name in {"system", "service"}
        used = self.oracle.organisations[engagement["organisation"]].get(f"{name}s", [])
        return any(item["value"] in wanted and holds(item, day) for item in used)

    def at_or_above(self, organisation: str, day: int) -> set[str]:
        """An organisation and all that is above it on a day."""
        found = {organisation}
        for parent in self.oracle.organisations[organisation].get("parents", []):
            if holds(parent, day):
                found |= self.at_or_above(parent["value"], day)
        return found

    # Criteria (section 4)

    def met_by(self, node: Json, records: list[Json]) -> Days:
        """The days on which a criterion holds, from these records."""
        [(name, value)] = node.items()
        if name == "all_of":
            return set(self.days).intersection(*(self.met_by(part, records) for part in value))
        if name == "any_of":
            return set().union(*(self.met_by(part, records) for part in value))
        if name == "first_then":
            first = self.met_by(value["first"], records)
            then = self.met_by(value["then"], records)
            return first | {day for day in then if first and day >= min(first)}
        if name == "state":
            states = self.oracle.people[self.engagement["person"]].get("states", [])
            return {
                day for day in self.days if any(item["value"] == value["state"] and holds(item, day) for item in states)
            }
        subjects = value["subjects"] if name == "hours" else [value["subject"]]
        kinds = value.get("kinds")
        fitting = [
            record
            for record in records
            if self.fits(record, subjects, value.get("level", 1)) and (kinds is None or record.get("kind") in kinds)
        ]
        if name == "achieved":
            return self.achieved(value, fitting)
        if name == "count":
            return {day for day in self.days if len(in_window(fitting, day, value["months"])) >= value["at_least"]}
        assert name == "hours"
        return {day for day in self.days if enough_hours(in_window(fitting, day, value["months"]), value)}

    def fits(self, record: Json, subjects: list[str], level: int) -> bool:
        """Whether a record is of one of the subjects at the level, itself or by one equivalence."""
        held = [(record["subject"], record.get("level", 1))]
        held += [
            (item["counts_as"], item["counts_as_level"])
            for item in self.oracle.world.get("equivalences", [])
            if item["subject"] == record["subject"] and record.get("level", 1) >= item["level"]
        ]
        return any(subject in subjects and reached >= level for subject, reached in held)

    def achieved(self, value: Json, records: list[Json]) -> Days:
        """The union over records of the day achieved to the last valid day."""
        found: Days = set()
        for record in records:
            last = self.last_valid_day(value, record, records)
            found |= {day for day in self.days if day_number(record["on"]) <= day and (last is None or day <= last)}
        return found

    def last_valid_day(self, value: Json, record: Json, records: list[Json]) -> int | None:
        """The last day a record is valid for, or None for ever."""
        if value["months"] is None:
            return certified(value, record, None)
        return max(self.anniversaries(value, record, records))

    def anniversaries(self, value: Json, record: Json, records: list[Json]) -> Days:
        """The days to which a record may be valid: from its own day, and from each it renews early."""
        on, months, early = day_number(record["on"]), value["months"], value.get("early_days")
        dates = {months_after(on, months)}
        if early is not None:
            for other in records:
                if day_number(other["on"]) < on:
                    for anniversary in self.anniversaries(value, other, records):
                        if anniversary - early <= on <= anniversary:
                            dates.add(months_after(anniversary, months))
        last_days = {certified(value, record, day) for day in dates}
        return {day for day in last_days if day is not None}

    # Adjustments and status (sections 3, 4 and 5)

    def extended(self, met: Days) -> Days:
        """Met with the days that extensions add, none of them building on another."""
        found = set(met)
        for extension in self.extensions:
            begins, until = day_number(extension["from"]), day_number(extension["until"])
            scope = self.audience(extension.get("scope", "everyone"))
            reached = {day for day in met if begins <= day < until and day in scope}
            if reached:
                found |= set(range(min(reached) + 1, until + 1))
        return found

    def grace_days(self) -> Days:
        """The first days of each run of Required, and the days after each pause."""
        grace: Days = set()
        for run in runs(self.required):
            starts = [(run[0], self.governor[run[0]]["first_due_days"])]
            for pause in self.pauses:
                if pause.get("to") is not None and day_number(pause["to"]) in run:
                    back = day_number(pause["to"])
                    starts.append((back, self.governor[back].get("return_days", 28)))
            for start, length in starts:
                if length is not None:
                    grace |= {day for day in run if start <= day <= start + length}
        return grace

    def status_on(self, day: int) -> str:
        """The ladder of section 5."""
        if day not in self.required:
            return "not_needed"
        if day in self.paused:
            return "paused"
        if day in self.met:
            last = self.last_of_run(self.met, day)
            notice = self.governor[day].get("notice_days", 60)
            return "due_soon" if last is not None and last <= day + notice else "valid"
        return "due" if day in self.grace else "overdue"

    def last_of_run(self, days: Days, day: int) -> int | None:
        """The last day of the run that holds a day, or None if the run never ends."""
        while day in days:
            day += 1
        return day - 1 if day in self.days else None

    def signature(self, day: int) -> tuple[object, ...]:
        """What is true of a day."""
        return self.status[day], day in self.met, day in self.grace

    def verdict(self, day: int) -> Json:
        """One entry of the answer."""
        status = self.status[day]
        since = day
        while status == "overdue" and self.status.get(since - 1) == "overdue":
            since -= 1
        change = next((later for later in range(day + 1, self.days[-1] + 1) if self.status[later] != status), None)
        return {
            "engagement": self.engagement["id"],
            "requirement": self.requirement["id"],
            "status": status,
            "until": written(self.last_of_run(self.met, day)) if day in self.met else None,
            "due_on": written(self.last_of_run(self.grace, day)) if status == "due" else None,
            "overdue_since": written(since) if status == "overdue" else None,
            "next_change_on": written(change),
            "ever_met": any(earlier <= day for earlier in self.met),
        }


def certified(value: Json, record: Json, last: int | None) -> int | None:
    """A last valid day put through what the criterion does with a certificate's own."""
    expiry = value.get("expiry", "cap")
    if record.get("expires_on") is None or expiry == "ignore":
        return last
    printed = day_number(record["expires_on"])
    if expiry == "replace" or last is None:
        return printed
    return min(last, printed)


def in_window(records: list[Json], day: int, months: int | None) -> list[Json]:
    """The records of which a day is within so many months."""
    return [
        record
        for record in records
        if day_number(record["on"]) <= day and (months is None or day <= months_after(day_number(record["on"]), months))
    ]


def enough_hours(records: list[Json], value: Json) -> bool:
    """Whether these records add up to the minutes, and the participatory ones to theirs."""
    total = sum(record.get("minutes", 0) for record in records)
    participatory = sum(record.get("minutes", 0) for record in records if record.get("participatory", False))
    return bool(total >= value["minutes"] and participatory >= (value.get("participatory_minutes") or 0))


def runs(days: Days) -> list[list[int]]:
    """The maximal stretches of consecutive days, in order."""
    found: list[list[int]] = []
    for day in sorted(days):
        if found and found[-1][-1] == day - 1:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def written(day: int | None) -> str | None:
    """A day as text."""
    return None if day is None else date.fromordinal(day).isoformat()
