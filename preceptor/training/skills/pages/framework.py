"""What the pages of a framework and of its changes show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.forms import BoundField
from django.urls import reverse

from preceptor.foundation.dates import london_date
from preceptor.ui.forms import Form
from preceptor.ui.pages import Page
from preceptor.ui.words import count, day

from ..domain import Framework, Skill
from ..domain.published import Followed, Published


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill of a framework."""

    href: str
    title: str
    meta: str


@dataclass(frozen=True, slots=True)
class ModuleOf:
    """A module with its skills."""

    key: str
    name: str
    content: str
    rows: tuple[SkillRow, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version that is or was followed, or that may be."""

    title: str
    meta: str
    changed: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkPage(Page):
    """The framework a place goes by."""

    template: ClassVar[str] = "skills/framework.jinja"

    code: str
    has_framework: bool
    has_own_to_make: bool
    lead: str
    note: str
    modules: tuple[ModuleOf, ...]
    followed: tuple[VersionRow, ...]
    offered: tuple[VersionRow, ...]
    may_edit: bool
    may_follow: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """A form about a framework."""

    template: ClassVar[str] = "skills/form.jinja"

    form: Form[object]
    caption: str
    effect: str
    button: str
    cancel_href: str
    folded: tuple[BoundField, ...] = ()


@dataclass(frozen=True, slots=True)
class VariantRow:
    """What is different in a system; with the address of the page that says so, and when it was read."""

    system: str
    says: str
    source: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(Page):
    """A description to confirm, or to stand by no longer."""

    template: ClassVar[str] = "skills/review.jinja"

    skill: str
    look_for: tuple[str, ...]
    variants: tuple[VariantRow, ...]
    stands: bool
    described: str
    form: Form[str]
    cancel_href: str


def framework_page(
    *,
    code: str,
    now: Published | None,
    framework: Framework | None,
    followed: Iterable[Followed],
    offered: Iterable[Published],
    today: date,
    may_edit: bool,
    may_follow: bool,
    by: str,
) -> FrameworkPage:
    """The page of what a place goes by, what it followed before, and what is newer.

    With `by`, that is named in the place of whoever decided: their names stay at home.
    """
    skills = framework.skills if framework else ()
    verified = sum(one.review is not None for one in skills)
    return FrameworkPage(
        title="Our framework of skills",
        code=code,
        has_framework=framework is not None,
        has_own_to_make=not may_follow and (now is None or now.owner is None),
        lead=f"{now.title}: {count(len(skills), 'skill')}, {verified} confirmed by a reviewer." if now else "",
        note=framework.note if framework else "",
        modules=tuple(
            ModuleOf(
                one.key,
                one.name,
                one.content,
                tuple(_row(code, skill, framework) for skill in framework.of_module(one.key)),
            )
            for one in (framework.modules if framework else ())
            if framework is not None and framework.of_module(one.key)
        ),
        followed=tuple(_followed(one, today, by) for one in followed),
        offered=tuple(_offered(one) for one in offered) if may_follow else (),
        may_edit=may_edit,
        may_follow=may_follow,
    )


def _row(code: str, skill: Skill, framework: Framework) -> SkillRow:
    said = []
    for term in framework.levels:
        who = [one.name for one in framework.families if skill.expects.get(one.key) is term.level]
        if who:
            said.append(f"{term.name}: {', '.join(who)}")
    meta = "; ".join(said) + ("" if skill.review else ". Not confirmed")
    return SkillRow(reverse("skills:skill", args=[code, skill.key]), skill.title, meta)


def _followed(one: Followed, today: date, by: str) -> VersionRow:
    when = f"{'From' if one.starts_on > today else 'Since'} {day(one.starts_on)}, decided by {by or one.decided_by}"
    return VersionRow(one.version.title, when, one.version.changed, one.version.reason)


def _offered(one: Published) -> VersionRow:
    when = f"Published {day(london_date(one.published_at))} by {one.by_name}"
    return VersionRow(one.title, when, one.changed, one.reason)
