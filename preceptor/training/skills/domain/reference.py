"""The framework as a page of the reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from preceptor.ui.words import listed

from .framework import Framework, Level, Shown, Skill, Variant
from .reading import National

_OPENING: Final = """\
# Skills in clinical systems

This page is made from the files of `data/skills/` (`python -m tests.architecture.test_skills` makes it again);
`data/skills/README.md` says how they are written. No national list of observable skills exists for general practice:
this is a first one, in our own words. {verified} of {count} skills have been confirmed by a named reviewer; the others
are **unverified**, and a practice reads them before it relies on them.

What is different in one system is said for {systems}.
For every other one nobody has written it down yet: there a skill is what an assessor looks for, and no more."""


def reference_page(national: National, systems: Mapping[str, str]) -> str:
    """Markdown that says every skill, who is expected to have it and how it is shown."""
    framework = national.framework
    verified = sum(one.review is not None for one in framework.skills)
    differing = {one.system for skill in framework.skills for one in skill.variants}
    named = listed(sorted(systems[one] for one in differing))
    parts = [_OPENING.format(verified=verified, count=len(framework.skills), systems=named), *_levels(framework)]
    for module in framework.modules:
        skills = framework.of_module(module.key)
        parts += [f"## {module.name}", f"{module.content}. {len(skills)} skills."]
        parts += [_skill(one, framework, systems) for one in skills]
    return "\n\n".join(parts) + "\n"


def _levels(framework: Framework) -> Iterator[str]:
    yield "## Levels"
    lines = [
        f"| {one.name} | {one.means} | {one.first_due_days} days after starting | {_count(framework, one.level)} |"
        for one in framework.levels
    ]
    heads = "| Level | Means | First due | Skills that ask it of somebody |"
    yield "\n".join((heads, "|---|---|---|---|", *lines))


def _count(framework: Framework, level: Level) -> int:
    return sum(level in one.expects.values() for one in framework.skills)


def _skill(skill: Skill, framework: Framework, systems: Mapping[str, str]) -> str:
    where = ", ".join(systems[one] for one in skill.systems) or "any system"
    how = ", ".join(_HOW[one].format(times=skill.times) for one in skill.shown)
    lasts = f"lasts {skill.lasts_months} months" if skill.lasts_months else "does not run out"
    review = f"confirmed by {skill.review.by} on {skill.review.on}" if skill.review else "unverified"
    due = f"first due after {skill.first_due_days} days; " if skill.first_due_days is not None else ""
    terms = f"{how[0].upper()}{how[1:]}; {due}{lasts}; about {skill.minutes} minutes; {review}."
    lines = [
        f"**{skill.title}** `{skill.key}`<br>In {where}. {terms}",
        "",
        *(f"- {point}" for point in skill.look_for),
        *(f"- *{systems[one.system]}{_from(one.from_version)}:* {one.says}{_read(one)}" for one in skill.variants),
        "",
        "; ".join(_expected(skill, framework)) + ".",
    ]
    return "\n".join(lines)


_HOW: Final[Mapping[Shown, str]] = {
    Shown.OBSERVED: "seen being done",
    Shown.DISCUSSED: "talked through",
    Shown.EVIDENCE: "shown by finished work",
    Shown.LOGGED: "logged {times} times",
}


def _read(variant: Variant) -> str:
    return (
        f" ([as the supplier had it]({variant.source}), in a copy read on {variant.read_on})" if variant.source else ""
    )


def _from(version: str) -> str:
    return f" from {version}" if version else ""


def _expected(skill: Skill, framework: Framework) -> Iterator[str]:
    names = {one.key: one.name for one in framework.families}
    for term in framework.levels:
        who = [names[family] for family, level in skill.expects.items() if level is term.level]
        if who:
            yield f"{term.name}: {', '.join(who)}"
