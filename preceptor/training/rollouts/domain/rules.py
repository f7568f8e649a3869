"""What the notices a place has taken over ask, as requirements for the judge: reading is judged like training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from preceptor.compliance.requirements.domain.audience import All, Audience, Everyone, StaffGroup
from preceptor.compliance.requirements.domain.criteria import read_criterion
from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.requirements.domain.transitions import AtOnce
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.ui import words

from .notice import CHECK, READ, Notice, NoticeId, RolloutId

# What notices ask has identifiers of its own, the same wherever they are worked out.
_NAMESPACE: Final = UUID("b86d5ea2-7c53-4f0c-9f0e-3f1c8f2d6a11")

ASKED_FOR_DAYS: Final = 365  # after going live; then a notice is history, and the yearly refresher tells of it
REMEMBERED_FOR_DAYS: Final = (
    3653  # after going live: who has not confirmed the refresher for longer is told no older one
)
LATE_DAYS: Final = 7  # for who starts, or is asked again, when it is live already
RETURN_DAYS: Final = 7  # for who comes back

REFRESHER: Final = "rollout-refresher"
REFRESHER_MONTHS: Final = 12
REFRESHER_DAYS: Final = 30  # to confirm for the first time

MINUTES: Final[Mapping[str, int]] = {READ: 1, CHECK: 2}
_TITLES: Final[Mapping[str, str]] = {READ: "Read this page", CHECK: "Answer the questions"}


def long_past(goes_live_on: date, today: date) -> str:
    """Why a day of going live is too long ago for anybody to be asked; empty where it is not."""
    first = today - timedelta(days=ASKED_FOR_DAYS)
    return "" if goes_live_on > first else f"Enter a day after {words.day(first)}. Nobody is asked about what is older"


@dataclass(frozen=True, slots=True)
class Published:
    """A published version of a notice. `asks_again` says whether who read an earlier one must read this one too."""

    id: NoticeId
    number: int
    notice: Notice
    asks_again: bool
    published_on: date
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """A rollout a place has taken over: from which day, when it goes live there, and the versions of its notice.

    `before` are the times it was taken over and given up again earlier, in order.
    """

    rollout: RolloutId
    versions: tuple[Published, ...]
    starts_on: date
    goes_live_on: date
    recorded_at: datetime
    ends_on: date | None = None
    before: tuple[Followed, ...] = ()

    def on(self, day: date) -> Published | None:
        """The version that holds on a day; None before the first."""
        return next((one for one in reversed(self.versions) if one.published_on <= day), None)

    @property
    def latest(self) -> Published:
        """The last version."""
        return self.versions[-1]

    def news_from(self, day: date) -> date:
        """The day from which it is something to hear of, as it stands on a day."""
        told = self.on(day) or self.versions[0]
        return max(self.goes_live_on, self.starts_on, told.published_on)

    def is_news(self, day: date, since: date, heard_at: datetime | None) -> bool:
        """Is it live on a day, and did it go live, change or come here after somebody heard of everything last?

        `since` is the day of that; `heard_at` the moment, None for somebody who never did.
        """
        told = self.on(day)
        if told is None or self.goes_live_on > day:
            return False
        if heard_at is None:
            return max(told.published_on, self.goes_live_on) > since
        return self.goes_live_on > since or max(told.published_at, self.recorded_at) > heard_at


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to do in one edition of a notice: an edition is a version that asks everyone, with its corrections."""

    rollout: RolloutId
    edition: NoticeId
    step: str

    @property
    def id(self) -> RequirementId:
        """The identifier of the requirement."""
        return RequirementId(uuid5(_NAMESPACE, f"{self.edition}:{self.step}"))

    @property
    def subject(self) -> str:
        """The code of what a record says was done."""
        return subject_of(self.edition, self.step)


@dataclass(frozen=True, slots=True)
class Ruled:
    """The requirements of a place, with what each is about."""

    requirements: tuple[KnownRequirement, ...]
    about: Mapping[str, Asked]


def subject_of(edition: NoticeId, step: str) -> str:
    """The code of what a record says was done of an edition."""
    return f"rollout-{edition.hex}-{step}"


def refresher_at(place: UUID) -> str:
    """The code of what a record says was confirmed where a place asks for it: elsewhere other things changed."""
    return f"{REFRESHER}-{place.hex}"


def title_of(notice: Notice, step: str) -> str:
    """What a thing to do is called."""
    task = notice.task(step)
    return task.words if task else _TITLES.get(step, step)


def minutes_of(notice: Notice, step: str) -> int:
    """How long a thing to do takes."""
    task = notice.task(step)
    return task.minutes if task else MINUTES.get(step, 0)


def edition_of(versions: Sequence[Published], number: int) -> NoticeId:
    """The edition a version belongs to: the last one up to it that asked everyone."""
    return next(one.id for one in reversed(versions) if one.number <= number and (one.asks_again or one.number == 1))


def ruled(owner: UUID, follows: Sequence[Followed], *, for_days: int = ASKED_FOR_DAYS) -> Ruled:
    """What the notices a place follows ask, one requirement for each thing to do in each edition.

    It is asked until so many days after going live.
    """
    found: list[KnownRequirement] = []
    about: dict[str, Asked] = {}
    for position, followed in enumerate(follows):
        for versions, following in _editions(followed):
            for step in dict.fromkeys(step for one in versions for step in one.notice.asked):
                asked = Asked(followed.rollout, versions[0].id, step)
                rules: tuple[Version, ...] = ()
                for time in (*followed.before, followed):
                    rules += _rules(time, asked, versions, _end(time, following, for_days), follows=bool(rules))
                if rules:
                    found.append(_known(owner, asked, versions[-1].notice, rules, position))
                    about[str(asked.id)] = asked
    return Ruled(tuple(found), about)


def refresher_rule(owner: UUID, starts_on: date, recorded_at: datetime) -> KnownRequirement:
    """The rule of a place that who has something to hear of, since a day, confirms once a year what changed."""
    met_by = read_criterion({"achieved": {"subject": refresher_at(owner), "months": REFRESHER_MONTHS}})
    rule = Version(starts_on, None, Everyone(), met_by, REFRESHER_DAYS, return_days=28, published_at=recorded_at)
    key = RequirementId(uuid5(_NAMESPACE, f"{owner}:refresher"))
    title = "Everything that changed: the yearly refresher"
    return _requirement(owner, key, REFRESHER, title, 5, 0, (rule,))


def _editions(followed: Followed) -> Iterable[tuple[list[Published], date | None]]:
    """The editions of a notice, each with the day the next one takes its place."""
    editions: list[list[Published]] = []
    for one in followed.versions:
        if one.asks_again or not editions:
            editions.append([])
        editions[-1].append(one)
    for at, versions in enumerate(editions):
        yield versions, editions[at + 1][0].published_on if at + 1 < len(editions) else None


def _end(followed: Followed, following: date | None, for_days: int) -> date:
    """The first day on which an edition is asked for no longer."""
    last = max(followed.goes_live_on, followed.starts_on) + timedelta(days=for_days)
    return min(day for day in (last, followed.ends_on, following) if day is not None)


def _rules(
    followed: Followed, asked: Asked, versions: Sequence[Published], ends_on: date, *, follows: bool
) -> tuple[Version, ...]:
    """The rule of one thing to do, a version from each day on which the notice or the time to do it changes.

    `follows` says that there are versions before them.
    """
    begins = max(followed.starts_on, versions[0].published_on)
    days = {max(begins, one.published_on) for one in versions}
    if begins <= followed.goes_live_on:
        days.add(followed.goes_live_on + timedelta(days=1))
    held = sorted(day for day in days if day < ends_on)
    rules: list[Version] = []
    for at, day in enumerate(held):
        told = next(one for one in reversed(versions) if one.published_on <= max(day, versions[0].published_on))
        audience = _audience(told.notice, asked.step)
        if asked.step not in told.notice.asked or audience is None:
            continue
        rules.append(
            Version(
                starts_on=day,
                ends_on=held[at + 1] if at + 1 < len(held) else ends_on,
                audience=audience,
                met_by=read_criterion({"achieved": {"subject": asked.subject, "months": None}}),
                first_due_days=_days(day, followed.goes_live_on),
                return_days=RETURN_DAYS,
                transition=AtOnce(0) if rules or follows else None,
                published_at=max(followed.recorded_at, told.published_at),
            )
        )
    return tuple(rules)


def _days(begins: date, goes_live_on: date) -> int:
    """The days to do it: until it goes live, or a week where it is live already."""
    return (goes_live_on - begins).days if begins <= goes_live_on else LATE_DAYS


def _audience(notice: Notice, step: str) -> Audience | None:
    """Who is asked for a thing to do: everyone touched, or those of them in some staff groups."""
    whom, task = notice.whom, notice.task(step)
    if whom is None or task is None or not task.groups:
        return whom
    group = StaffGroup(task.groups)
    if isinstance(whom, Everyone):
        return group
    return All((*whom.parts, group)) if isinstance(whom, All) else All((whom, group))


def _known(owner: UUID, asked: Asked, notice: Notice, rules: tuple[Version, ...], position: int) -> KnownRequirement:
    title = f"{notice.title}: {title_of(notice, asked.step)}"
    return _requirement(owner, asked.id, asked.subject, title, minutes_of(notice, asked.step), position, rules)


def _requirement(
    owner: UUID, key: RequirementId, column: str, title: str, minutes: int, position: int, rules: tuple[Version, ...]
) -> KnownRequirement:
    return KnownRequirement(
        id=key,
        owner=owner,
        key=column,
        title=title,
        short=title,
        column=column,
        area="rollouts",
        area_name="Changes to read",
        area_position=0,
        position=position,
        minutes=minutes,
        minutes_verified=False,
        review_by=None,
        rule=Requirement(str(key), rules, title),
    )
