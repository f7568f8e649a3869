"""What managers and leads see of champions: who, the hours, what came of it, gaps and who could be next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from django.urls import reverse

from preceptor.ui.pages import Page
from preceptor.ui.words import count, day, listed, minutes

from ..domain.helping import Hours, Sums
from ..domain.register import Champion, Leaving
from ..queries import Call, Figures, Next, Offer, PlaceFigures
from .own import Row, StepRow


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline figure with the list it counts."""

    figure: str
    title: str
    rest: str
    href: str


@dataclass(frozen=True, slots=True)
class ChampionRow:
    """A champion as their manager sees them."""

    name: str
    topics: str
    meta: str
    hours: str
    href: str


@dataclass(frozen=True, slots=True)
class LeavingRow:
    """A champion who stops, what is left uncovered, and who could be next."""

    title: str
    uncovered: str
    could_be_next: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChampionsPage(Page):
    """A place's champions."""

    template: ClassVar[str] = "champions/champions.jinja"
    reading: ClassVar[bool] = False

    code: str
    figures: tuple[Figure, ...]
    champions: tuple[ChampionRow, ...]
    offers: tuple[Row, ...]
    calls: tuple[Row, ...]
    leaving: tuple[LeavingRow, ...]
    gaps: tuple[str, ...]
    waiting: tuple[str, ...]
    topics: tuple[tuple[str, int], ...]
    sure: str
    across_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsOfPage(Page):
    """The steps of a champion, as their manager confirms them."""

    template: ClassVar[str] = "champions/steps_of.jinja"

    caption: str
    done: int
    rows: tuple[StepRow, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class AcrossRow:
    """A place across many, in figures."""

    name: str
    meta: str
    champions: int
    shared: str
    reached: str
    hours: str
    gaps: str
    leaving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossPage(Page):
    """Champions across practices."""

    template: ClassVar[str] = "champions/across.jinja"
    reading: ClassVar[bool] = False

    rows: tuple[AcrossRow, ...]
    without: tuple[str, ...]


def champions_page(
    code: str,
    champions: Sequence[Champion],
    figures: Figures,
    names: Mapping[str, str],
    today: date,
    *,
    offers: Iterable[Offer],
    calls: Iterable[Call],
    unanswered: Mapping[str, int],
    nexts: Mapping[str, Sequence[Next]],
    elsewhere: Sequence[Champion],
    across_href: str,
) -> ChampionsPage:
    """A place's champions as its manager sees them."""
    given = {one.champion.id: one for one in figures.hours}
    return ChampionsPage(
        title="Digital champions",
        code=code,
        figures=_figures(figures, sum(unanswered.values())),
        champions=tuple(
            ChampionRow(
                name=one.name,
                topics=listed([names.get(topic, topic) for topic in one.terms[-1].covering.topics]),
                meta=_since(one, today),
                hours=_hours(given[one.id]) if one.id in given else "",
                href=reverse("champions:change", args=[code, one.id]),
            )
            for one in champions
        ),
        offers=tuple(_offer(code, one, names) for one in offers),
        calls=tuple(Row(one.words, f"Open until {day(one.closes_on)}. Called by {one.by_name}") for one in calls),
        leaving=tuple(_leaving(one, names, nexts.get(str(one.champion.id), ())) for one in figures.leaving),
        gaps=tuple(_gap(one, names, elsewhere, today) for one in figures.gaps),
        waiting=tuple(f"{names.get(topic, topic)}: {number}" for topic, number in unanswered.items()),
        topics=tuple((names.get(topic, topic), times) for topic, times in figures.sums.topics),
        sure=_sure(figures.sums),
        across_href=across_href,
    )


def across_page(places: Sequence[PlaceFigures], names: Mapping[str, str]) -> AcrossPage:
    """Champions across practices, in figures; of champions only those who share their name are named."""
    return AcrossPage(
        title="Champions across practices",
        rows=tuple(_across(one, names) for one in places),
        without=tuple(one.name for one in places if not one.champions),
    )


def _figures(figures: Figures, unanswered: int) -> tuple[Figure, ...]:
    gave = sum(one.given for one in figures.hours)
    agreed = sum(one.agreed for one in figures.hours)
    return (
        Figure(f"{figures.sums.people} of {figures.people}", "People helped", "by name in 12 months", "#asked"),
        Figure(f"{_h(gave)} of {_h(agreed)}", "Hours given", "of those agreed, in 12 weeks", "#champions"),
        Figure(str(len(figures.gaps)), "Topics nobody here covers", "of what is in use here", "#gaps"),
        Figure(str(unanswered), "Questions waiting", "for an answer", "#questions"),
    )


def _across(one: PlaceFigures, names: Mapping[str, str]) -> AcrossRow:
    hidden = "–"
    gave = sum(each.given for each in one.figures.hours)
    agreed = sum(each.agreed for each in one.figures.hours)
    return AcrossRow(
        name=one.name,
        meta=count(one.people, "person", "people"),
        champions=one.champions,
        shared=listed([each.name for each in one.shared]),
        reached=f"{one.figures.sums.people} of {one.figures.people}" if one.is_shown else hidden,
        hours=f"{_h(gave)} of {_h(agreed)}" if one.is_shown else hidden,
        gaps=listed([names.get(topic, topic) for topic in one.figures.gaps]) or "None",
        leaving=str(len(one.figures.leaving)),
    )


def _hours(one: Hours) -> str:
    return f"{_h(one.given)} of {count(round(one.agreed / 60), 'hour')} agreed, in 12 weeks"


def _h(number: int) -> str:
    """Minutes as hours with a half at most: 90 is 1.5."""
    halves = round(number / 30) / 2
    return f"{halves:g}"


def _since(champion: Champion, today: date) -> str:
    term = champion.terms[-1]
    begins = f"Since {day(champion.since)}" if champion.since <= today else f"From {day(champion.since)}"
    ends = f", until {day(champion.ends_on - timedelta(days=1))}" if champion.ends_on else ""
    shared = "name shared with the network" if term.covering.shares_name else "name known here only"
    return f"{begins}{ends}, {minutes(term.covering.minutes_a_week)} a week, {shared}"


def _offer(code: str, offer: Offer, names: Mapping[str, str]) -> Row:
    topics = listed([names.get(one, one) for one in offer.covering.topics])
    meta = f"{topics}. {minutes(offer.covering.minutes_a_week)} a week. Offered on {day(offer.offered_on)}"
    return Row(offer.name, meta, reverse("champions:decide", args=[code, offer.id]), offer.words)


def _leaving(leaving: Leaving, names: Mapping[str, str], nexts: Sequence[Next]) -> LeavingRow:
    last = day(leaving.ends_on - timedelta(days=1))
    uncovered = listed([names.get(one, one) for one in leaving.uncovered])
    return LeavingRow(
        title=f"{leaving.champion.name} stops after {last}",
        uncovered=f"Then nobody covers {uncovered}." if uncovered else "Everything they cover is covered by others.",
        could_be_next=tuple(f"{one.name}, {one.role}: can teach {listed(one.teaches[:3])}" for one in nexts[:5]),
    )


def _gap(topic: str, names: Mapping[str, str], elsewhere: Sequence[Champion], today: date) -> str:
    """A topic nobody covers at a place, with who in its network can be asked."""
    terms = ((one, one.term(today)) for one in elsewhere)
    who = [f"{one.name}, {one.place}" for one, term in terms if term and topic in term.covering.topics]
    told = names.get(topic, topic)
    return f"{told}. In the network, ask {listed(who)}" if who else told


def _sure(sums: Sums) -> str:
    if sums.surer is None:
        return ""
    told = count(sums.surer.times, "time")
    felt = f"{sums.surer.before:g} of 5 sure before, and {sums.surer.after:g} after"
    return f"Where it was asked ({told}), people felt {felt}."
