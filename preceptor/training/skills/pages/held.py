"""What the pages of a person's skills and of one skill show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from preceptor.compliance.standing.domain.tags import tag_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.ui.asof import AsOf, address
from preceptor.ui.pages import Link, Page, StatusTag
from preceptor.ui.words import count, day, inside, listed, minutes

from ..domain import Framework, Skill
from ..domain.framework import SHOWN_WORDS, Shown
from ..domain.matrix import IN_DATE, Held, Picture, Who, held_by, urgency
from ..domain.published import Published
from .framework import VariantRow


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A skill that somebody should have, and how they stand in it."""

    key: str
    href: str
    title: str
    meta: str
    tag: StatusTag


@dataclass(frozen=True, slots=True)
class ModuleRows:
    """The skills of one module."""

    key: str
    name: str
    count: str
    rows: tuple[HeldRow, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """One engagement's skills, module by module."""

    place: str
    role: str
    modules: tuple[ModuleRows, ...]
    in_date: int
    of: int
    paused: int
    to_do: tuple[HeldRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """One person's skills at a practice."""

    template: ClassVar[str] = "skills/person.jinja"
    reading: ClassVar[bool] = False

    as_of: AsOf
    posts: tuple[Post, ...]
    waiting: tuple[str, ...]
    training_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePage(Page):
    """My own skills, wherever I work."""

    template: ClassVar[str] = "skills/mine.jinja"

    posts: tuple[Post, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who should have a skill."""

    href: str
    name: str
    meta: str
    tag: StatusTag


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of a family of roles."""

    family: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillPage(Page):
    """One skill: what it is, how it is shown, and who should have it."""

    template: ClassVar[str] = "skills/skill.jinja"

    module: str
    as_of: AsOf
    review: str
    is_verified: bool
    facts: tuple[tuple[str, str], ...]
    look_for: tuple[str, ...]
    variants: tuple[VariantRow, ...]
    expectations: tuple[Expectation, ...]
    sees_people: bool
    people: tuple[PersonRow, ...]
    in_date: int
    change_href: str
    review_href: str
    review_link: str
    assessors_href: str
    version: str


def person_page(
    code: str, picture: Picture, as_of: AsOf, asked: Iterable[tuple[str, str]], training_href: str
) -> PersonPage:
    """The page of one person, an engagement at a time, with what they asked to have signed, of whom."""
    return PersonPage(
        title=f"Skills of {picture.people[0].name}",
        back=Link("Skills", address(reverse("skills:skills", args=[code]), as_of.query)),
        as_of=as_of,
        posts=tuple(_post(code, "", who, picture, as_of.query) for who in picture.people),
        waiting=tuple(f"{title}: asked {whom}" for title, whom in asked),
        training_href=training_href,
    )


def mine_page(pictures: Iterable[tuple[str, str, Picture]], asked: int) -> MinePage:
    """The page of one's own skills, by the code and the name of each place; with how many wait for one's signature."""
    posts = [
        _post(code, name, who, picture, {}, page="skills:own")
        for code, name, picture in pictures
        for who in picture.people
    ]
    return MinePage(title="My skills", posts=tuple(posts), asked=asked)


def skill_page(
    *,
    code: str,
    skill: Skill,
    framework: Framework,
    version: Published,
    as_of: AsOf,
    systems: Mapping[str, str],
    picture: Picture | None,
    may_edit: bool,
    may_name: bool,
    stands: bool,
) -> SkillPage:
    """The page of a skill; with a picture, for who may see the people in it. `stands`: did the place confirm it?"""
    people = _people(code, skill, framework, picture, as_of) if picture else ()
    module = next(one.name for one in framework.modules if one.key == skill.module)
    review = (
        f"Confirmed by {skill.review.by} on {day(skill.review.on)}"
        if skill.review
        else "Nobody has confirmed this description yet: read it with somebody who does the task"
    )
    back = reverse("skills:framework", args=[code])
    return SkillPage(
        title=skill.title,
        back=Link("Skills" if picture else "Our framework", reverse("skills:skills", args=[code]) if picture else back),
        module=module,
        as_of=as_of,
        review=review,
        is_verified=skill.review is not None,
        facts=tuple(_facts(skill, systems)),
        look_for=skill.look_for,
        variants=variants_of(skill, systems),
        expectations=tuple(
            Expectation(one.name, framework.term(skill.expects[one.key]).name)
            for one in framework.families
            if one.key in skill.expects
        ),
        sees_people=picture is not None,
        people=people,
        in_date=_in_date(skill, picture) if picture else 0,
        change_href=reverse("skills:change", args=[code, skill.key]) if may_edit else "",
        review_href=reverse("skills:review", args=[code, skill.key]) if may_edit else "",
        review_link="Take it back" if stands else "Confirm it here too" if skill.review else "Confirm it",
        assessors_href=reverse("skills:assessors", args=[code, skill.key]) if may_name else "",
        version=version.title,
    )


def _facts(skill: Skill, systems: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield "Done in", listed([systems[one] for one in skill.systems], "or") or "Any system"
    how = [SHOWN_WORDS[one] for one in skill.shown if one is not Shown.LOGGED]
    words = listed([how[0], *(inside(one) for one in how[1:])], "or")
    yield "How it is shown", f"{words}, after {count(skill.times, 'time')} logged" if skill.times else words
    yield "A signature holds", count(skill.lasts_months, "month") if skill.lasts_months else "Without end"
    yield "Takes", f"about {minutes(skill.minutes)} to learn and show"


def variants_of(skill: Skill, systems: Mapping[str, str]) -> tuple[VariantRow, ...]:
    """What is different in one of these systems or from one version of it on, with the name of the system."""
    return tuple(
        VariantRow(
            _variant(systems[one.system], one.from_version),
            one.says,
            one.source,
            f"in a copy read on {day(one.read_on)}" if one.read_on else "",
        )
        for one in skill.variants
        if one.system in systems
    )


def _variant(system: str, version: str) -> str:
    return f"{system}, from version {version}" if version else system


def _people(code: str, skill: Skill, framework: Framework, picture: Picture, as_of: AsOf) -> tuple[PersonRow, ...]:
    found = [
        (who, picture.held[who.engagement, skill.key])
        for who in picture.people
        if (who.engagement, skill.key) in picture.held
    ]
    return tuple(
        PersonRow(
            address(reverse("skills:person", args=[code, who.person]), as_of.query) + f"#{skill.key}",
            who.name,
            f"{who.role_name}. {framework.term(held.level).name}",
            tag_of(held.verdict),
        )
        for who, held in sorted(found, key=lambda one: (urgency(one[1]), one[0].sort_name))
    )


def _in_date(skill: Skill, picture: Picture) -> int:
    return sum(key == skill.key and held.verdict.status in IN_DATE for (_, key), held in picture.held.items())


def _post(
    code: str, place: str, who: Who, picture: Picture, dated: Mapping[str, str], *, page: str = "skills:skill"
) -> Post:
    held = held_by(picture, who.engagement)
    rows = {one.skill.key: _row(code, one, picture, dated, page) for one in held}
    modules = picture.framework.modules if picture.framework else ()
    grouped = [(one, [each for each in held if each.skill.module == one.key]) for one in modules]
    to_do = [one for one in held if one.verdict.status in {Status.OVERDUE, Status.DUE, Status.DUE_SOON}]
    counted = [one for one in held if one.verdict.status is not Status.PAUSED]
    return Post(
        place=place,
        role=who.role_name,
        modules=tuple(
            ModuleRows(
                one.key,
                one.name,
                f"{sum(each.verdict.status in IN_DATE for each in some)} of {len(some)}",
                tuple(rows[each.skill.key] for each in some),
            )
            for one, some in grouped
            if some
        ),
        in_date=sum(one.verdict.status in IN_DATE for one in counted),
        of=len(counted),
        paused=len(held) - len(counted),
        to_do=tuple(rows[one.skill.key] for one in sorted(to_do, key=urgency)),
    )


def _row(code: str, held: Held, picture: Picture, dated: Mapping[str, str], page: str) -> HeldRow:
    level = picture.framework.term(held.level).name if picture.framework else ""
    href = address(reverse(page, args=[code, held.skill.key]), dated)
    return HeldRow(held.skill.key, href, held.skill.title, level, tag_of(held.verdict, dense=True))
