"""What an answer to “why?” says: codes and values, from which words are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from preceptor.compliance.requirements.domain.audience import Leaf
from preceptor.compliance.requirements.domain.criteria import Criterion

from .facts import Adjustment, Record
from .steps import Step
from .verdicts import Status, Verdict


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included; None is open."""

    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class GoverningVersion:
    """The version that governs the day: its place in the requirement's list, its own period, and what cites it.

    `kept` says that a later version has started and the engagement stays with this one.
    """

    index: int
    starts_on: date
    ends_on: date | None
    source: object
    kept: bool


class Applies(StrEnum):
    """Whether the requirement applies on the day, or why it does not."""

    REQUIRED = "required"
    NOT_ENGAGED = "not_engaged"
    NOT_IN_FORCE = "not_in_force"
    NOT_IN_AUDIENCE = "not_in_audience"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class LeafFinding:
    """A part of the audience that decided: whether it holds, by which values, and since when within the engagement."""

    leaf: Leaf
    holds: bool
    values: tuple[str, ...]
    since: date | None


@dataclass(frozen=True, slots=True)
class Applicability:
    """Why the requirement applies, or does not: the run of days it is required, and the parts that decided."""

    code: Applies
    days: Span | None
    engaged: Span
    leaves: tuple[LeafFinding, ...]


class Outcome(StrEnum):
    """What a record does for a criterion on the day, or why it does nothing; the most telling come first."""

    COUNTS = "counts"
    ADDS = "adds"
    STARTS_LATER = "starts_later"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"
    NOT_ACCEPTED = "not_accepted"
    NOT_YET_KNOWN = "not_yet_known"
    WITHDRAWN = "withdrawn"
    EXPIRED_BEFORE_ITS_DAY = "expired_before_its_day"
    LEVEL_TOO_LOW = "level_too_low"
    OTHER_KIND = "other_kind"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one part of the criterion makes of a record.

    `place` is the part's place in the version's criterion; `days` those the record counts for; `subject` the one it
    counts as; `level_needed` and `kinds_needed` what it lacks; `kept_date` that a renewal before time lost no days;
    `superseded_by` the version that no longer counts it.
    """

    outcome: Outcome
    version: int | None = None
    place: str | None = None
    subject: str | None = None
    days: Span | None = None
    level_needed: int | None = None
    kinds_needed: tuple[str, ...] | None = None
    kept_date: bool = False
    superseded_by: int | None = None


@dataclass(frozen=True, slots=True)
class RecordFindings:
    """A record that was looked at, and what each part that looked made of it, the most telling first."""

    record: Record
    findings: tuple[Finding, ...]

    @property
    def telling(self) -> Finding:
        """The finding that says most."""
        return self.findings[0]


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the governing criterion on the day: whether it holds and until when, and what has added up so far."""

    place: str
    criterion: Criterion
    holds: bool
    until: date | None
    counted: int | None = None
    minutes: int | None = None
    participatory_minutes: int | None = None


class Effect(StrEnum):
    """What an adjustment did."""

    EXEMPTED = "exempted"
    PAUSED = "paused"
    GAVE_TIME_ON_RETURN = "gave_time_on_return"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class AdjustmentFinding:
    """An adjustment that was used, what it did, and on which days; `on_the_day` if the day asked about is one."""

    adjustment: Adjustment
    effect: Effect
    days: tuple[Span, ...]
    on_the_day: bool


class CauseCode(StrEnum):
    """Why a status changes."""

    ENGAGEMENT_STARTS = "engagement_starts"
    ENGAGEMENT_ENDS = "engagement_ends"
    VERSION_STARTS = "version_starts"
    VERSION_ENDS = "version_ends"
    JOINS_AUDIENCE = "joins_audience"
    LEAVES_AUDIENCE = "leaves_audience"
    EXEMPTION_STARTS = "exemption_starts"
    EXEMPTION_ENDS = "exemption_ends"
    PAUSE_STARTS = "pause_starts"
    PAUSE_ENDS = "pause_ends"
    RECORDS_COUNT = "records_count"
    RECORDS_LAPSE = "records_lapse"
    STATE_STARTS = "state_starts"
    STATE_ENDS = "state_ends"
    EXTENSION_ENDS = "extension_ends"
    NOTICE_STARTS = "notice_starts"
    NOTICE_CHANGES = "notice_changes"
    GRACE_ENDS = "grace_ends"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a status changes on a day, with the records, adjustments or version concerned."""

    code: CauseCode
    records: tuple[str, ...] = ()
    adjustments: tuple[str, ...] = ()
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A status that begins on a day, and why."""

    on: date
    status: Status
    cause: Cause


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of days of one status; None is open. `cause` is why it begins; the first stretch of all has none."""

    status: Status
    starts_on: date | None
    last_on: date | None
    cause: Cause | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole of time for one engagement and one requirement, without gaps."""

    engagement: str
    requirement: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Steps that together make or keep the requirement met when done on a day, and what that gives.

    `until` is the last day it would then be met (None: it would not run out).
    """

    steps: tuple[Step, ...]
    done_on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a verdict is what it is, at the same day and the same knowledge."""

    verdict: Verdict
    person: str
    day: date
    known_at: datetime | None
    version: GoverningVersion | None
    applicability: Applicability
    criterion: Criterion | None
    parts: tuple[Part, ...]
    records: tuple[RecordFindings, ...]
    adjustments: tuple[AdjustmentFinding, ...]
    next_change: Change | None
    ways: tuple[Way, ...]
