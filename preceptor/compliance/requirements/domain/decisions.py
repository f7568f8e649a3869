"""The decision behind a rule: on whose authority, why, from which sources, and who may be excused from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from .reading import Json

RequirementId = NewType("RequirementId", UUID)
AdjustmentId = NewType("AdjustmentId", UUID)


class Force(StrEnum):
    """The force a source has, and the basis a requirement stands on: from the strongest."""

    LAW = "law"
    CONTRACT = "contract"
    REGULATOR = "regulator"
    GUIDANCE = "guidance"
    LOCAL = "local"


FORCE_NAMES: Final[Mapping[Force, str]] = {
    Force.LAW: "Law",
    Force.CONTRACT: "Contract",
    Force.REGULATOR: "Regulator’s expectation",
    Force.GUIDANCE: "Professional guidance",
    Force.LOCAL: "Local choice",
}


class AdjustmentKind(StrEnum):
    """The three ways a requirement is eased, each with a reason and an authority."""

    EXEMPTION = "exemption"
    PAUSE = "pause"
    EXTENSION = "extension"


ADJUSTMENT_NAMES: Final[Mapping[AdjustmentKind, str]] = {
    AdjustmentKind.EXEMPTION: "Exemption",
    AdjustmentKind.PAUSE: "Leave",
    AdjustmentKind.EXTENSION: "Extension",
}


class Leave(StrEnum):
    """The kinds of leave: few, so that nobody has to write about anyone's health."""

    PARENTAL = "parental"
    SICKNESS = "sickness"
    SABBATICAL = "sabbatical"
    OTHER = "other"


LEAVE_NAMES: Final[Mapping[Leave, str]] = {
    Leave.PARENTAL: "Maternity, paternity or adoption leave",
    Leave.SICKNESS: "Sickness",
    Leave.SABBATICAL: "Sabbatical or career break",
    Leave.OTHER: "Other leave",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a version says what it says, who decided so and when, and when to look at it again.

    `legal_reason` is why the law allows it to ask for less than what it was taken over from.
    """

    basis: Force
    rationale: str
    decided_by: str = ""
    decided_on: date | None = None
    review_by: date | None = None
    minutes: int | None = None
    minutes_verified: bool = False
    verified: bool = False
    note: str = ""
    local_choice: str = ""
    legal_reason: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """What a requirement of an owner's own is called: in full, in a narrow column, and in which area it stands."""

    title: str
    short: str
    area: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What one source says, in our words, and whether the version follows it."""

    source: str
    says: str
    followed: bool
    clause: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that is not in the list yet, as somebody read it."""

    title: str
    publisher: str
    force: Force
    link: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Another answer where sources conflict, with the rule it would mean when that can be said."""

    says: str
    source: str | None = None
    rule: Mapping[str, Json] | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Eased:
    """The days of an adjustment with its reason and the authority it rests on.

    For an exemption and a leave `ends_on` is the first day it no longer holds; None is open.
    """

    starts_on: date
    reason: str
    authority: str
    ends_on: date | None = None
