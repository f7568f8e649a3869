"""A requirement and its versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from .audience import Audience, read_audience, written_audience
from .criteria import Criterion, read_criterion, written_criterion
from .reading import MOST_DAYS, DocumentError, Fields, Json
from .transitions import Transition, read_transition, written_transition

NOTICE_DAYS: Final = 60
RETURN_DAYS: Final = 28

_VERSION_KEYS: Final = frozenset(
    {
        "from",
        "to",
        "published_at",
        "audience",
        "met_by",
        "first_due_days",
        "notice_days",
        "return_days",
        "transition",
    },
)
_REQUIREMENT_KEYS: Final = frozenset({"id", "versions"})


@dataclass(frozen=True, slots=True)
class Version:
    """What a requirement says from one day on: for whom, met how, due when, and how it takes over.

    `source` is whatever cites the rule; it passes through untouched and changes no verdict.
    """

    starts_on: date
    ends_on: date | None
    audience: Audience
    met_by: Criterion
    first_due_days: int | None
    notice_days: int = NOTICE_DAYS
    return_days: int = RETURN_DAYS
    transition: Transition | None = None
    published_at: datetime | None = None
    source: object = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something people must have, with its versions by strictly rising start."""

    id: str
    versions: tuple[Version, ...]
    title: str | None = None


def read_version(value: object, place: str = "version", *, first: bool = True) -> Version:
    """The version that a plain JSON value says; every version but the first must say its transition."""
    fields = Fields(value, place, _VERSION_KEYS)
    starts_on = fields.day("from")
    fields.said("first_due_days")
    transition = None
    if fields.has("transition"):
        transition = read_transition(fields.any("transition"), fields.at("transition"))
    elif not first:
        raise fields.wrong("transition", "is missing: every version but the first says how it takes over")
    return Version(
        starts_on=starts_on,
        ends_on=fields.end(starts_on),
        audience=read_audience(fields.said("audience"), fields.at("audience")),
        met_by=read_criterion(fields.said("met_by"), fields.at("met_by")),
        first_due_days=fields.whole_or_none("first_due_days", 0, MOST_DAYS),
        notice_days=fields.whole("notice_days", 0, MOST_DAYS, default=NOTICE_DAYS),
        return_days=fields.whole("return_days", 0, MOST_DAYS, default=RETURN_DAYS),
        transition=transition,
        published_at=fields.moment_or_none("published_at"),
        source=fields.any("source"),
    )


def read_versions(values: list[tuple[object, str]]) -> tuple[Version, ...]:
    """Versions with their places, refused unless each starts later than the one before."""
    versions: list[Version] = []
    for value, place in values:
        version = read_version(value, place, first=not versions)
        if versions and version.starts_on <= versions[-1].starts_on:
            problem = f"must be later than {versions[-1].starts_on}, the “from” of the version before"
            raise DocumentError(f"{place}.from", f"{problem}; it is {version.starts_on}")
        versions.append(version)
    return tuple(versions)


def read_requirement(value: object, place: str = "requirement") -> Requirement:
    """The requirement that a plain JSON value says; refuses anything else, naming the place."""
    fields = Fields(value, place, _REQUIREMENT_KEYS)
    title = fields.any("title") or fields.any("name")
    return Requirement(
        id=fields.text("id"),
        versions=read_versions(list(fields.items("versions"))),
        title=title if isinstance(title, str) else None,
    )


def written_version(version: Version) -> dict[str, Json]:
    """The plain JSON value that `read_version` reads as this version."""
    said: dict[str, Json] = {
        "from": version.starts_on.isoformat(),
        "to": version.ends_on.isoformat() if version.ends_on else None,
        "published_at": version.published_at.isoformat() if version.published_at else None,
        "audience": written_audience(version.audience),
        "met_by": written_criterion(version.met_by),
        "first_due_days": version.first_due_days,
        "notice_days": version.notice_days,
        "return_days": version.return_days,
    }
    if version.transition is not None:
        said["transition"] = written_transition(version.transition)
    if version.source is not None:
        said["source"] = version.source  # type: ignore[assignment]  # whatever was read, handed back
    return said


def written_requirement(requirement: Requirement) -> dict[str, Json]:
    """The plain JSON value that `read_requirement` reads as this requirement."""
    said: dict[str, Json] = {"id": requirement.id}
    if requirement.title is not None:
        said["title"] = requirement.title
    return said | {"versions": [written_version(version) for version in requirement.versions]}
