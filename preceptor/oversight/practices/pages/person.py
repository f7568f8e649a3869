"""What one person’s or one requirement’s page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from django.urls import reverse

from preceptor.compliance.standing.domain.tags import tag_of
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.oversight.practices.domain import TO_DO, Matrix, Picture, Share, Who, matrix, urgency
from preceptor.training.inductions.domain.course import Brief, Ending
from preceptor.ui.asof import AsOf, address
from preceptor.ui.pages import Link, Page, StatusTag
from preceptor.ui.words import day, listed

from .matrix import tally_words


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement of a person, or one person of a requirement."""

    href: str
    title: str
    meta: str
    tag: StatusTag
    status: Status


@dataclass(frozen=True, slots=True)
class EngagementLine:
    """Where and as what someone works, in words."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """One person's training at a practice."""

    template: ClassVar[str] = "practices/person.jinja"
    reading: ClassVar[bool] = False

    code: str
    as_of: AsOf
    role: str
    engagements: tuple[EngagementLine, ...]
    inductions: tuple[EngagementLine, ...]
    to_do: tuple[Line, ...]
    in_date: tuple[Line, ...]
    paused: tuple[Line, ...]
    share: Share
    details_href: str
    skills_href: str
    records_href: str
    add_href: str
    leave_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementPeoplePage(Page):
    """One requirement at a practice: who has it and who does not."""

    template: ClassVar[str] = "practices/requirement_people.jinja"
    reading: ClassVar[bool] = False

    code: str
    as_of: AsOf
    rules: tuple[Link, ...]
    share: Share
    counts: str
    lines: tuple[Line, ...]
    not_needed: int


def person_page(code: str, picture: Picture, inducted: Iterable[Brief], as_of: AsOf) -> PersonPage:
    """One person's training at a practice on a day."""
    shown = matrix(picture)
    who = picture.people[0]
    lines = [
        _line(code, row.who, verdict, shown, row.who.role_name if len(picture.people) > 1 else "", as_of)
        for row in shown.rows
        for verdict in sorted(row.verdicts, key=urgency)
        if verdict.status is not Status.NOT_NEEDED
    ]
    back = f"?next={reverse('practices:person', args=[code, who.person])}"
    return PersonPage(
        title=who.name,
        back=Link("Back to the training matrix", address(reverse("practices:matrix", args=[code]), as_of.query)),
        code=code,
        as_of=as_of,
        role=listed(tuple(dict.fromkeys(one.role_name for one in picture.people))),
        engagements=tuple(
            EngagementLine(f"{one.role_name}, since {day(one.starts_on)}", reverse("people:person", args=[one.person]))
            for one in picture.people
        ),
        inductions=tuple(
            EngagementLine(_induction_words(one), reverse("inductions:course", args=[code, one.id])) for one in inducted
        ),
        to_do=tuple(line for line in lines if line.status in TO_DO),
        in_date=tuple(line for line in lines if line.status is Status.VALID),
        paused=tuple(line for line in lines if line.status is Status.PAUSED),
        share=shown.share,
        details_href=reverse("people:person", args=[who.person]),
        skills_href=address(reverse("skills:person", args=[code, who.person]), as_of.query),
        records_href=reverse("records:person", args=[who.person]),
        add_href=reverse("records:add", args=[who.person]) + back,
        leave_href=reverse("requirements:leave", args=[who.engagement]) + back,
    )


def _induction_words(one: Brief) -> str:
    if one.ended is None:
        return f"{one.title}, from {day(one.first_on)}: not signed off yet"
    verb = "signed off" if one.ended.ending is Ending.SIGNED else "stopped"
    return f"{one.title}, from {day(one.first_on)}: {verb} on {day(one.ended.on)}"


def requirement_page(code: str, picture: Picture, key: str, as_of: AsOf) -> RequirementPeoplePage | None:
    """One column of the matrix on a day, by its key or that of a requirement in it; None when there is none."""
    shown = matrix(picture)
    at = next(
        (at for at, column in enumerate(shown.columns) if key in {column.key, *(one.key for one in column.parts)}), None
    )
    if at is None:
        return None
    column = shown.columns[at]
    found = [(row.who, row.verdicts[at]) for row in shown.rows]
    needed = sorted(
        ((who, one) for who, one in found if one.status is not Status.NOT_NEEDED),
        key=lambda pair: (*urgency(pair[1]), pair[0].sort_name),
    )
    return RequirementPeoplePage(
        title=column.title,
        back=Link("Back to the training matrix", address(reverse("practices:matrix", args=[code]), as_of.query)),
        code=code,
        as_of=as_of,
        rules=tuple(Link(one.title, reverse("rulemaking:requirement", args=[code, one.key])) for one in column.parts),
        share=shown.shares[at],
        counts=tally_words(Counter(one.status for _, one in needed)),
        lines=tuple(replace(_line(code, who, one, shown, who.role_name, as_of), title=who.name) for who, one in needed),
        not_needed=len(found) - len(needed),
    )


def _line(code: str, who: Who, verdict: Verdict, shown: Matrix, meta: str, as_of: AsOf) -> Line:
    what = next(one for column in shown.columns for one in column.parts if one.id == verdict.requirement)
    href = address(reverse("standing:why", args=[code, who.engagement, what.key]), as_of.query)
    return Line(href, what.title, meta, tag_of(verdict), verdict.status)
