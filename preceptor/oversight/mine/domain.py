"""The one list of what a person needs: the strictest standing of each requirement across their engagements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from preceptor.compliance.requirements.domain.audience import (
    At,
    Kind,
    Leaf,
    PersonIs,
    Role,
    Service,
    StaffGroup,
    System,
    Task,
)
from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.requirements.domain.words import Names, as_words, listed
from preceptor.compliance.standing.domain.explanation import LeafFinding
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.training.inductions.domain import Course
from preceptor.ui.words import inside

# Strictest first; paused and not needed stand outside the order (standing.md, section 5).
_ORDER: Final = (Status.OVERDUE, Status.DUE, Status.DUE_SOON, Status.VALID)


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement as one engagement asks it of someone."""

    key: str
    title: str
    code: str
    place: str
    engagement: str
    verdict: Verdict
    reasons: tuple[LeafFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnTraining:
    """What someone needs today, with what is needed to say it in words."""

    needs: tuple[Need, ...]
    roles: Mapping[str, str]
    asked: Mapping[str, KnownRequirement]
    waiting: frozenset[tuple[str, str]]
    names: Names
    works: bool
    places: int
    inductions: tuple[Course, ...] = ()
    tasks_waiting: int = 0
    changes_to_read: int = 0
    refreshers_to_confirm: int = 0


def strictest(needs: Iterable[Need]) -> list[Need]:
    """One need for each requirement, the strictest of those asked, most urgent first; paused ones come last.

    Requirements of two places are the same when they have the same key: places take them from the same catalogue.
    """
    found: dict[str, Need] = {}
    for need in sorted(needs, key=_rank):
        found.setdefault(need.key, need)
    return sorted(found.values(), key=_rank)


def _rank(need: Need) -> tuple[int, date, str, str]:
    verdict = need.verdict
    place = _ORDER.index(verdict.status) if verdict.status in _ORDER else len(_ORDER)
    when = verdict.overdue_since or verdict.due_on or verdict.until or date.max
    return place, when, need.title, need.engagement


class _Said(NamedTuple):
    """How a part of an audience is said to somebody of themselves, and how others are left out by it."""

    holds: str
    leaves_out: str
    name: Callable[[Names, str], str]


def _by(field: str) -> Callable[[Names, str], str]:
    def name(names: Names, code: str) -> str:
        mapping: Mapping[str, str] = getattr(names, field)
        return mapping.get(code) or as_words(code)

    return name


def _place(names: Names, code: str) -> str:
    return names.organisations.get(code) or code


def _role(names: Names, code: str) -> str:
    name = _by("roles")(names, code)
    heard = "AEFHILMNORSX" if name[1:2].isupper() else "AEIOU"  # an HCA, a GP
    return f"{'an' if name[:1].upper() in heard else 'a'} {_inside(name)}"


def _by_inside(field: str) -> Callable[[Names, str], str]:
    name = _by(field)
    return lambda names, code: _inside(name(names, code))


def _inside(name: str) -> str:
    """A name inside a sentence. One that has a capital later on is a name of its own, like Caldicott Guardian."""
    return name if any(word[:1].isupper() and word[1:].islower() for word in name.split()[1:]) else inside(name)


# How each kind of part is said: one line for each.
_REASONS: Final[Mapping[type[Leaf], _Said]] = {
    Role: _Said("you are {} here", "some roles that are not yours", _role),
    StaffGroup: _Said("you are in the staff group {}", "some staff groups that are not yours", _by("staff_groups")),
    Kind: _Said("you are engaged as {}", "those engaged as {}", _by_inside("engagement_kinds")),
    Task: _Said("your tasks here include {}", "those whose tasks include {}", _by_inside("tasks")),
    PersonIs: _Said("it is asked of you by name", "some who are left out by name", lambda _, code: code),
    At: _Said("you work within {}", "those who work within {}", _place),
    System: _Said("{} is used here", "where {} is used", _by("systems")),
    Service: _Said("{} is offered here", "where {} is offered", _by_inside("services")),
}


def reason_sentence(reasons: Iterable[LeafFinding], names: Names) -> str:
    """Why something is asked of somebody, said to them: by what they are and do, not by whom else it is asked of.

    Whom it leaves out is said only when there is nothing else to say.
    """
    found = list(reasons)
    if told := [_reason(one, names) for one in found if one.holds]:
        return f"Because {listed(list(dict.fromkeys(told)))}."
    left_out = list(dict.fromkeys(_reason(one, names) for one in found))
    return f"Everyone here needs it, except {listed(left_out, 'or')}." if left_out else "Everyone here needs it."


def _reason(finding: LeafFinding, names: Names) -> str:
    said = _REASONS[type(finding.leaf)]
    values = [said.name(names, value) for value in finding.values or finding.leaf.one_of]
    return said.holds.format(listed(values)) if finding.holds else said.leaves_out.format(listed(values, "or"))
