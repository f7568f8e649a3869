"""What the pages show that say who can do what is critical, and where nobody can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from django.urls import reverse

from preceptor.compliance.standing.domain.days import contains
from preceptor.foundation.dates import add_months
from preceptor.ui.asof import address
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day, full_day, inside, listed

from ..domain.abilities import Ability
from ..domain.covering import AHEAD, AbilityGaps, Beneath, Covering, Gap, Worker, ability_gaps
from ..domain.reading import DAYS
from ..domain.rota import WEEK, WEEKDAYS, Session, Slot, turns_on

_MOST: Final = 10
_WORKDAYS: Final = 5
_NAMED: Final = 4
_LATER: Final = 3  # months ahead


@dataclass(frozen=True, slots=True)
class GapRow:
    """The sessions in which too few have one ability: the first ones with what each leads to, and how many more."""

    href: str
    title: str
    meta: str
    days: tuple[Link, ...]
    more: str


@dataclass(frozen=True, slots=True)
class AbilityRow:
    """Something critical: who is able now and later, and who is next."""

    href: str
    title: str
    when: str
    now: int
    held: int
    names: str
    later: int
    remark: str
    nearest: str


@dataclass(frozen=True, slots=True)
class EndedRow:
    """Something that counted before: when, why it ended and by whom, and the way to count it again."""

    title: str
    meta: str
    again_href: str


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One session of one day."""

    href: str
    label: str
    on: int
    missing: int


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One session of the week, day by day: how many are on, and what is missing."""

    name: str
    cells: tuple[WeekCell, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What would be missing if one person were away."""

    name: str
    nobody: str
    sessions: int
    gaps: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverPage(Page):
    """What is critical at a practice, and how it is covered."""

    template: ClassVar[str] = "cover/cover.jinja"
    reading: ClassVar[bool] = False

    code: str
    place: str
    as_of: str
    later_on: str
    until: str
    abilities: tuple[AbilityRow, ...]
    ended: tuple[EndedRow, ...]
    gaps: tuple[GapRow, ...]
    gap_count: int
    unchecked: tuple[str, ...]
    has_rota: bool
    needs_sessions: bool
    week: str
    weekdays: tuple[str, ...]
    sessions: tuple[WeekRow, ...]
    earlier_href: str
    later_href: str
    people: tuple[Link, ...]
    away: str
    without: Without | None
    may_plan: bool


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Somebody, and why they are able or not."""

    name: str
    meta: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbilityPage(Page):
    """One ability: why it is critical, who has it, who does not and why."""

    template: ClassVar[str] = "cover/ability.jinja"

    code: str
    key: str
    reason: str
    when: str
    takes: tuple[str, ...]
    holders: tuple[HolderRow, ...]
    others: tuple[HolderRow, ...]
    nearest: tuple[HolderRow, ...]
    later: str
    may_plan: bool
    ends: str


@dataclass(frozen=True, slots=True)
class Covered:
    """One ability in one session: who has it, who is on without it, and who has it but is not on."""

    title: str
    href: str
    is_gap: bool
    words: str
    on: tuple[str, ...]
    lacking: tuple[HolderRow, ...]
    elsewhere: tuple[HolderRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPage(Page):
    """One session of one day, explained."""

    template: ClassVar[str] = "cover/session.jinja"

    lead: str
    covered: tuple[Covered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossPage(Page):
    """How practices beneath are covered, in counts."""

    template: ClassVar[str] = "cover/across.jinja"

    code: str
    as_of: str
    rows: tuple[Beneath, ...]


def cover_page(
    *,
    code: str,
    place: str,
    here: Covering,
    ended: Iterable[Ability],
    week: date,
    away: str,
    may_plan: bool,
    today: date,
) -> CoverPage:
    """The page of everything critical, out of how it is covered, with what counted before the day."""
    gaps = list(here.gaps(today, today + AHEAD))
    seats = {one.person: one for one in here.workers if contains(one.engaged, today.toordinal())}
    path = reverse("cover:cover", args=[code])
    later_on = add_months(today, _LATER)
    return CoverPage(
        title="Enough qualified people",
        code=code,
        place=f"{place} ({code})",
        as_of=full_day(today),
        later_on=day(later_on),
        until=day(today + AHEAD),
        abilities=tuple(_ability_row(code, here, one, today, later_on) for one in here.abilities),
        ended=tuple(_ended_rows(code, here, ended, may_plan=may_plan)),
        gaps=tuple(_gap_row(code, one) for one in ability_gaps(gaps)),
        gap_count=len({(one.day, one.session) for one in gaps}),
        unchecked=tuple(_unchecked(here)) if here.is_planned() else (),
        has_rota=here.is_planned(),
        needs_sessions=any(one.during for one in here.abilities),
        week=f"{day(week)} to {day(week + timedelta(days=max(WEEKDAYS)))}",
        weekdays=tuple(f"{DAYS[at][:3]} {(week + timedelta(days=at)).day}" for at in _weekdays(here, week)),
        sessions=_week(code, here, week),
        earlier_href=address(path, {"week": (week - WEEK).isoformat()}),
        later_href=address(path, {"week": (week + WEEK).isoformat()}),
        people=tuple(Link(one.name, key) for key, one in sorted(seats.items(), key=lambda each: each[1].sort_name)),
        away=away if away in seats else "",
        without=_without(code, here, seats[away], gaps, today) if away in seats else None,
        may_plan=may_plan,
    )


def ability_page(
    *, code: str, here: Covering, ability: Ability, reasons: Mapping[str, str], takes: Sequence[str], may_plan: bool
) -> AbilityPage:
    """The page of one ability on the day."""
    today = here.on
    holders = here.holders(ability, today)
    people = {one.person for one in holders}
    later = here.holders(ability, add_months(today, _LATER))
    lost = [one.name for one in holders if one.person not in {other.person for other in later}]
    others = [one for one in here.workers if one.person not in people and contains(one.engaged, today.toordinal())]
    return AbilityPage(
        title=ability.title,
        back=Link("Cover", reverse("cover:cover", args=[code])),
        code=code,
        key=str(ability.id),
        reason=f"{ability.reason.rstrip('.')}. {ability.by_name}, since {day(ability.starts_on)}",
        when=_when(ability),
        takes=tuple(takes),
        holders=tuple(HolderRow(one.name, _until(here, ability, one, today)) for one in holders),
        others=tuple(HolderRow(one.name, reasons.get(one.engagement, "")) for one in others),
        nearest=tuple(HolderRow(one.worker.name, one.words) for one in here.near.get(ability.id, ())),
        later=f"On {day(add_months(today, _LATER))}: {count(len(later), 'person', 'people')}"
        + (f", without {listed(lost)} unless renewed" if lost else ""),
        may_plan=may_plan and ability.ends_on is None,
        ends=day(ability.ends_on - timedelta(days=1)) if ability.ends_on else "",
    )


def session_page(
    *, code: str, here: Covering, on: date, session: Session, reasons: Mapping[Ability, Mapping[str, str]]
) -> SessionPage:
    """Who is on in a session, who counts for what, and why the others do not."""
    present = here.on_in(on, session)
    put_down = turns_on(here.rotas, on).get(session, frozenset())
    gone = [one for one in here.workers if one.engagement in put_down and not one.is_here(on)]
    asked = [one for one in here.abilities if session in one.during and one.holds_on(on)]
    lead = f"On: {listed([one.name for one in present])}." if present else _nobody_on(here, on, session)
    if gone:
        lead += f" Put down, but away or no longer here: {listed([one.name for one in gone])}."
    return SessionPage(
        title=f"{full_day(on)}, {session.value}",
        back=Link("Cover", reverse("cover:cover", args=[code])),
        lead=lead,
        covered=tuple(_covered(code, here, one, on, present, reasons.get(one, {})) for one in asked),
    )


def _nobody_on(here: Covering, on: date, session: Session) -> str:
    if Slot(on.weekday(), session) in here.never_on():
        return "This session is never on the rota in the weeks ahead, so it counts as closed and is not checked."
    return "Nobody is on, so it counts as closed."


def _covered(
    code: str, here: Covering, ability: Ability, on: date, present: Sequence[Worker], reasons: Mapping[str, str]
) -> Covered:
    able = [one for one in present if here.is_able(ability, one.engagement, on)]
    short = bool(present) and len({one.person for one in able}) < ability.least
    on_now = {one.person for one in present}
    words = f"{len(able)} able, {ability.least} needed"
    return Covered(
        title=ability.title,
        href=reverse("cover:ability", args=[code, ability.id]),
        is_gap=short,
        words=words,
        on=tuple(one.name for one in able),
        lacking=tuple(HolderRow(one.name, reasons.get(one.engagement, "")) for one in present if one not in able),
        elsewhere=tuple(
            HolderRow(one.name, "not on" if one.is_here(on) else "on leave")
            for one in here.holders(ability, on)
            if one.person not in on_now
        ),
    )


def _ability_row(code: str, here: Covering, ability: Ability, today: date, later_on: date) -> AbilityRow:
    holders, later = here.holders(ability, today), here.holders(ability, later_on)
    present = here.present(ability, today)
    named = [_named(one, today) for one in holders[:_NAMED]]
    more = len(holders) - len(named)
    remark = ""
    if not holders:
        remark = "Nobody"
    elif len(holders) == 1:
        remark = f"Only {_named(holders[0], today)}"
    elif not present:
        remark = "Nobody here today"
    elif len(present) == 1:
        remark = f"Only {present[0].name} today"
    elif len(present) < ability.least:
        remark = f"Fewer today than the {ability.least} who are needed at once"
    elif len(later) <= 1:
        remark = f"{'Nobody' if not later else 'Only ' + later[0].name} from {day(later_on)} on, unless renewed"
    near = here.near.get(ability.id, ())
    return AbilityRow(
        href=reverse("cover:ability", args=[code, ability.id]),
        title=ability.title,
        when=_holding(ability, today),
        now=len(present),
        held=len(holders),
        names=listed([*named, *([count(more, "other")] if more else [])]),
        later=len(later),
        remark=remark,
        nearest=f"{near[0].worker.name}: {near[0].words}" if near else "",
    )


def _named(who: Worker, on: date) -> str:
    """Somebody by name; with until when they are away, if they are."""
    if who.is_here(on):
        return who.name
    until = who.away_until(on)
    return f"{who.name} (away until {day(until)})" if until else f"{who.name} (away)"


def _unchecked(here: Covering) -> Iterable[str]:
    """What a rota leaves open, in sentences: sessions that count as closed, and weeks nobody is put down for."""
    never = here.never_on()
    if never:
        days = dict.fromkeys(one.weekday for one in never)
        named = listed([_session_words([one for one in never if one.weekday == at]) for at in days])
        yield f"Nobody is put down for {named} in these weeks: closed, so nothing is checked there."
    weeks = here.empty_weeks()
    if weeks:
        more = [f"{len(weeks) - _NAMED} more"] if len(weeks) > _NAMED else []
        named = listed([*(day(one) for one in weeks[:_NAMED]), *more])
        yield f"Nobody is put down in the {'week' if len(weeks) == 1 else 'weeks'} of {named}: nothing is checked then."


def _session_words(slots: Sequence[Slot]) -> str:
    """The sessions of one day: Friday afternoon, all of Wednesday."""
    name = DAYS[slots[0].weekday]
    return f"{name} {slots[0].session.value}" if len(slots) == 1 else f"all of {name}"


def _ended_rows(code: str, here: Covering, ended: Iterable[Ability], *, may_plan: bool) -> Iterable[EndedRow]:
    running = {one.title for one in here.abilities if one.ends_on is None}
    for one in sorted(ended, key=lambda each: (each.ends_on or date.max, each.title), reverse=True):
        last = f" to {day(one.ends_on - timedelta(days=1))}" if one.ends_on else ""
        meta = f"{_when(one)}, from {day(one.starts_on)}{last}. {one.why_ended.rstrip('.')}: {one.by_name}"
        again = may_plan and one.title not in running
        yield EndedRow(one.title, meta, reverse("cover:change", args=[code, one.id]) if again else "")


def _holding(ability: Ability, today: date) -> str:
    """When an ability counts, and from or until which day if that is not simply now."""
    first = f". From {day(ability.starts_on)}" if ability.starts_on > today else ""
    last = f". Until {day(ability.ends_on - timedelta(days=1))}" if ability.ends_on else ""
    return f"{_when(ability)}{first}{last}"


def _when(ability: Ability) -> str:
    if not ability.during:
        return "Somebody here, whenever"
    people = "somebody" if ability.least == 1 else count(ability.least, "person", "people")
    if len(ability.during) == len(Session):
        return f"{people.capitalize()} in every session"
    return f"{people.capitalize()} every {listed([one.value for one in ability.during])}"


def _until(here: Covering, ability: Ability, who: Worker, on: date) -> str:
    until = here.able_until(ability, who.engagement, on)
    words = f"until {day(until)}" if until else "does not run out"
    if who.is_here(on):
        return words
    back = who.away_until(on)
    return f"{words}. Away {f'until {day(back)}' if back else 'today'}, so not counted as here"


def _gap_row(code: str, gaps: AbilityGaps) -> GapRow:
    later = len(gaps.days) - _MOST
    return GapRow(
        href=reverse("cover:ability", args=[code, gaps.ability.id]),
        title=gaps.ability.title,
        meta=f"{gaps.words.capitalize()} in {count(gaps.sessions, 'session')}",
        days=tuple(
            Link(one.when, reverse("cover:session", args=[code, one.day.isoformat(), one.sessions[0].value]))
            for one in gaps.days[:_MOST]
        ),
        more=f"and {count(later, 'later day')}, the last on {day(gaps.days[-1].day)}" if later > 0 else "",
    )


def _weekdays(here: Covering, week: date) -> list[int]:
    """The days of a week that are shown: Saturday and Sunday if anybody is put down."""
    return [at for at in WEEKDAYS if at < _WORKDAYS or turns_on(here.rotas, week + timedelta(days=at))]


def _week(code: str, here: Covering, week: date) -> tuple[WeekRow, ...]:
    missing: dict[tuple[date, Session], int] = {}
    for gap in here.gaps(week, week + timedelta(days=max(WEEKDAYS))):
        missing[gap.day, gap.session] = missing.get((gap.day, gap.session), 0) + 1
    days = [week + timedelta(days=at) for at in _weekdays(here, week)]
    rows = []
    for session in Session:
        cells = tuple(
            WeekCell(
                reverse("cover:session", args=[code, on.isoformat(), session.value]),
                f"{on:%A} {session.value}",
                len(here.on_in(on, session)),
                missing.get((on, session), 0),
            )
            for on in days
        )
        if any(one.on or one.missing for one in cells):
            rows.append(WeekRow(session.value.capitalize(), cells))
    return tuple(rows)


def _without(code: str, here: Covering, who: Worker, before: Sequence[Gap], today: date) -> Without:
    """What would be missing if somebody were away, beside what is missing anyway."""
    known = {(one.ability.id, one.day, one.session) for one in before}
    gaps = list(here.gaps(today, today + AHEAD, without=who.person))
    more = [one for one in gaps if (one.ability.id, one.day, one.session) not in known]
    alone = []
    for one in here.abilities:
        holders = {holder.person for holder in here.holders(one, today)}
        present = {holder.person for holder in here.present(one, today)}
        if who.person in holders and present <= {who.person}:
            alone.append(inside(one.title))
    sessions = len({(one.day, one.session) for one in more})
    return Without(who.name, listed(alone), sessions, tuple(_gap_row(code, one) for one in ability_gaps(more)))


def csv_lines(place: str, here: Covering, today: date) -> list[list[object]]:
    """Everything critical with its holders, then every gap ahead, as lines of a CSV."""
    later_on = add_months(today, _LATER)
    lines: list[list[object]] = [
        [place, f"As of {day(today)}"],
        ["Ability", "Needed", "Why", "Able now", "Who", f"Able on {day(later_on)}", "Nearest"],
    ]
    for one in here.abilities:
        holders = here.holders(one, today)
        near = [f"{each.worker.name} ({each.words})" for each in here.near.get(one.id, ())]
        who = "; ".join(_named(each, today) for each in holders)
        here_now = len(here.present(one, today))
        lines.append(
            [one.title, _when(one), one.reason, here_now, who, len(here.holders(one, later_on)), "; ".join(near)]
        )
    lines += [[], ["Day", "Session", "Ability", "Able", "Needed", "On"]]
    for gap in here.gaps(today, today + AHEAD):
        on = "; ".join(one.name for one in here.on_in(gap.day, gap.session))
        lines.append([gap.day.isoformat(), gap.session.value, gap.ability.title, gap.able, gap.ability.least, on])
    return lines
