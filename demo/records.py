"""How what people did came to be known: brought in from lists over the years, and lately sent in one by one."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from preceptor.compliance.records.actions import accept_record, add_record
from preceptor.compliance.records.domain import Achievement, HowKnown, RecordKind
from preceptor.compliance.records.jobs import import_records_file
from preceptor.foundation.access import Viewer
from preceptor.foundation.dates import add_months
from preceptor.foundation.files import HeldFile

from .lists import Lines, Row, Wordings, elfh_list, is_online, own_list, staff_record_list
from .papers import as_csv, as_workbook, certificate
from .people import Staff
from .places import Demo, beginning
from .spans import at, working_day
from .staff import Member

_SELDOM: Final = timedelta(weeks=26)
_OFTEN: Final = timedelta(weeks=13)
_OFTEN_SINCE: Final = timedelta(weeks=104)
_ONE_BY_ONE: Final = timedelta(days=24)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where records go: the folder files are made in, who may do what, and who everybody is."""

    folder: Path
    viewers: Mapping[str, Viewer]
    staff: Staff
    today: date

    @property
    def yesterday(self) -> date:
        """The last whole day."""
        return self.today - timedelta(days=1)


def bring_in(ledger: Ledger, demo: Demo, rows: Sequence[Row]) -> int:
    """Lets a place learn of everything its people did. Says how many records that made."""
    days = import_days(demo, ledger.today)
    by_day: dict[date, list[Row]] = defaultdict(list)
    single: list[tuple[date, Row]] = []
    for row in rows:
        known = _known_on(row, ledger.yesterday)
        day = next((day for day in days if day >= known and _importer(demo, days, day) != row.member.email), None)
        if day:
            by_day[day].append(row)
        else:
            single.append((known, row))
    wordings = Wordings()
    for day in days:
        importer = ledger.viewers[_importer(demo, days, day)]
        for name, lines in _files(demo, day, by_day[day], wordings, first=day == days[0]):
            _import(ledger, demo, importer, at(day, 16), name, lines)
    for known, row in sorted(single, key=lambda one: (one[0], one[1].member.email, one[1].achievement.subject)):
        _enter(ledger, demo, known, row)
    return len(rows)


def import_days(demo: Demo, today: date) -> list[date]:
    """The days on which a place brings in lists: seldom at first, more often of late."""
    day = working_day(add_months(beginning(today), demo.went_live))
    days = []
    while day <= today - _ONE_BY_ONE:
        days.append(day)
        day = working_day(day + (_OFTEN if day > today - _OFTEN_SINCE else _SELDOM))
    return days


def _importer(demo: Demo, days: Sequence[date], day: date) -> str:
    """The two who manage a place take turns, for nobody decides on their own records."""
    return demo.managers[days.index(day) % 2]


def _known_on(row: Row, latest: date) -> date:
    """The day somebody brought it: days after it was done, now and then months; what is older, when they came."""
    one = row.achievement
    dice = random.Random(f"{row.member.email} {one.subject} {one.on}")
    since = max(one.on, row.member.starts_on)
    days = dice.randrange(60, 300) if dice.random() < 0.025 else dice.randrange(1, 12)
    return max(since, min(since + timedelta(days=days), latest))


def _files(
    demo: Demo, day: date, rows: Sequence[Row], wordings: Wordings, *, first: bool
) -> Iterator[tuple[str, Lines]]:
    """The files of one day, in the shapes the place gets its lists in."""
    rows = sorted(rows, key=lambda row: (row.member.email, row.achievement.on, row.achievement.subject))
    month = f"{day:%Y-%m}"
    if demo.profile == "esr":
        name = wordings.core_skills if first else wordings.elfh
        online = [row for row in rows if is_online(row) and name(row.achievement)]
        rows = [row for row in rows if row not in set(online)]
        if online and first:
            yield f"competencies-{month}.csv", staff_record_list(online, wordings)
        elif online:
            yield f"activity-report-{month}.csv", elfh_list(online, wordings)
    if rows:
        ending = "xlsx" if demo.profile == "workbook" else "csv"
        yield f"{'past-training' if first else 'training-log'}-{month}.{ending}", own_list(rows, wordings)


def _import(ledger: Ledger, demo: Demo, by: Viewer, moment: datetime, name: str, lines: Lines) -> None:
    path = ledger.folder / name
    path.write_bytes(as_workbook(lines, "Training") if name.endswith(".xlsx") else as_csv(lines))
    plan = import_records_file(path, practice=demo.code, by=by, at=moment)
    path.unlink()
    if plan.problems:
        told = "\n".join(str(problem) for problem in plan.problems[:10])
        raise ValueError(f"{name} of {demo.name} has problems:\n{told}")


def _enter(ledger: Ledger, demo: Demo, known: date, row: Row) -> None:
    """Someone sends it and a manager accepts it, or a manager sees the certificate and writes it down."""
    member, one = row.member, row.achievement
    dice = random.Random(f"{member.email} {one.subject} {one.on} sent")
    manager = ledger.viewers[demo.managers[1] if member.email == demo.managers[0] else demo.managers[0]]
    own = ledger.viewers.get(member.email)
    person = ledger.staff.people[member.email]
    sent = at(known, dice.randrange(8, 18), dice.randrange(60))
    if own and dice.random() < 0.6:
        accept = min(known + timedelta(days=dice.randrange(0, 4)), ledger.yesterday)
        record = add_record(
            by=own,
            at=sent,
            person=person,
            achievement=one,
            how_known=HowKnown.COPY if _has_paper(one) else HowKnown.DECLARED,
            certificate=_paper(member, one, known, dice) if _has_paper(one) else None,
        )
        accept_record(by=manager, at=max(at(accept, 18), sent + timedelta(minutes=20)), record=record)
    else:
        how = HowKnown.CERTIFICATE if _has_paper(one) else HowKnown.OBSERVED
        add_record(by=manager, at=sent, person=person, achievement=one, how_known=how)


def _has_paper(one: Achievement) -> bool:
    return one.kind in {RecordKind.COURSE, RecordKind.SESSION}


def _paper(member: Member, one: Achievement, known: date, dice: random.Random) -> HeldFile:
    what = one.subject.replace("-", " ").capitalize()
    return certificate(member.name, what, one.on, photo=dice.random() < 0.4, today=known)
