"""Requirements as pages show them: at an owner, or in the national catalogue, with every version and its decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .audience import Audience
from .criteria import Criterion
from .decisions import AdjustmentId, AdjustmentKind, Decision, Force, Leave, RequirementId
from .versions import Version


@dataclass(frozen=True, slots=True)
class SourceNamed:
    """A source as it is named beside what it says. `verified` is whether somebody read it and found that it says so.

    `own_key` is the key of one that an owner added beside the catalogue's; to confirm it is to read what it says.
    """

    title: str
    publisher: str
    dated: str
    link: str
    force: Force
    checked_on: date | None
    verified: bool
    note: str
    own_key: str = ""

    @property
    def is_to_confirm(self) -> bool:
        """Did its owner add it, and nobody has read it yet?"""
        return bool(self.own_key) and not self.verified


@dataclass(frozen=True, slots=True)
class OwnSource:
    """A source its owner added, with everything it is cited for there."""

    key: str
    title: str
    publisher: str
    link: str
    force: Force
    checked_on: date | None
    verified: bool
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Says:
    """What a source says about a version, and whether the version follows it."""

    source: SourceNamed
    clause: str
    says: str
    followed: bool


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """Another answer, the source that gives it if one does, and what it would change in the rule."""

    source: SourceNamed | None
    says: str
    verified: bool
    audience: Audience | None = None
    met_by: Criterion | None = None


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A version with the decision behind it.

    `copied` is the number of the version it copies as it is, if it copies one: a national one, or one of `offered_by`.
    """

    number: int
    rule: Version
    decision: Decision
    published_at: datetime
    published_by: str
    copied: int | None
    offered_by: str
    citations: tuple[Says, ...]
    others: tuple[OtherAnswer, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a requirement at its owner: the first day nobody needs it, and why, also before a law that asks it."""

    ends_on: date
    reason: str
    by: str
    legal_reason: str = ""


@dataclass(frozen=True, slots=True)
class HeldRequirement:
    """A requirement whole. `origin` says what it began as a copy of; `is_law` that a law asks for it."""

    id: RequirementId
    key: str
    title: str
    short: str
    area: str
    area_name: str
    core: bool
    origin: str
    is_law: bool
    versions: tuple[HeldVersion, ...]
    ending: Ending | None = None

    def in_force(self, on: date) -> HeldVersion | None:
        """The version in force on a day; None before the first, in a gap, and after the end."""
        if self.ending and self.ending.ends_on <= on:
            return None
        begun = [one for one in self.versions if one.rule.starts_on <= on]
        return next((one for one in begun[-1:] if one.rule.ends_on is None or on < one.rule.ends_on), None)

    def shown(self, on: date) -> HeldVersion:
        """The version a page speaks of: the one in force, else the next to start, else the last there was."""
        ahead = [one for one in self.versions if one.rule.starts_on > on]
        return self.in_force(on) or (ahead[0] if ahead and not self.ending else self.versions[-1])

    def has_ended(self, on: date) -> bool:
        """Is it over for good?"""
        return self.ending is not None and self.ending.ends_on <= on

    def period(self, version: HeldVersion) -> tuple[date, date | None]:
        """The days a version is in force, cut by the next one and by the end of the requirement."""
        after = [one.rule.starts_on for one in self.versions if one.number == version.number + 1]
        ends = [version.rule.ends_on, *after, self.ending.ends_on if self.ending else None]
        return version.rule.starts_on, min((end for end in ends if end is not None), default=None)

    @property
    def review_by(self) -> date | None:
        """The day to look at it again: the latest version says, for publishing is looking. None once it has an end."""
        return self.versions[-1].decision.review_by if self.ending is None else None


@dataclass(frozen=True, slots=True)
class HeldAdjustment:
    """An adjustment as a register lists it: who or what it eases, the days, why, and on whose authority.

    `scope` is whom an extension is for; an exemption and a leave are of one person.
    """

    id: AdjustmentId
    kind: AdjustmentKind
    person: str
    requirements: tuple[str, ...]
    starts_on: date
    last_on: date | None
    reason: str
    authority: str
    recorded_at: datetime
    recorded_by: str
    scope: Audience | None = None
    leave: Leave | None = None
