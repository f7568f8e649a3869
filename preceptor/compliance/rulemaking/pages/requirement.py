"""One requirement at its owner: its story, how it stands today, and what is being drafted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from preceptor.compliance.requirements.domain.beside import Beside
from preceptor.compliance.requirements.domain.story import Whole
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.foundation.dates import london_date
from preceptor.foundation.disclosure import FEWEST
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day

from ..domain.drafts import Draft
from ..domain.today import RoleToday, Today
from .drafts import progress_of

_SHOWN: Final = (
    (Status.VALID, "valid"),
    (Status.DUE_SOON, "due soon"),
    (Status.OVERDUE, "overdue"),
    (Status.DUE, "to do"),
    (Status.PAUSED, "paused"),
)


@dataclass(frozen=True, slots=True)
class TodayPanel:
    """How it stands today; no share where nobody should be in date, or too few are asked to say so."""

    applies: str
    share: str = ""
    done: int = 0
    asked: int = 0
    counts: str = ""
    roles: tuple[RoleToday, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A version in the making."""

    heading: str
    words: str
    meta: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementPage(Page):
    """One requirement at its owner."""

    template: ClassVar[str] = "rulemaking/requirement.jinja"
    reading: ClassVar[bool] = False

    whole: Whole
    code: str
    key: str
    ending: str
    notices: tuple[Beside, ...]
    today: TodayPanel | None
    people_href: str
    drafts: tuple[DraftLine, ...]
    to_confirm: tuple[Link, ...]
    may_edit: bool


def today_panel(found: Today, *, sees_people: bool) -> TodayPanel:
    """The figures in words; who may not see people sees none of fewer than five, and no roles."""
    if not found.people:
        return TodayPanel("It is asked of nobody here today.")
    if not sees_people and not found.is_shown:
        return TodayPanel(f"It is asked of fewer than {FEWEST} people here, so their figures are not shown.")
    applies = f"It is asked of {found.people} of {count(found.here, 'person', 'people')} here."
    roles = found.roles if sees_people else ()
    tally = ", ".join(f"{found.tally[status]} {word}" for status, word in _SHOWN if found.tally.get(status))
    share = found.share
    if not share.whole:
        return TodayPanel(f"{applies} {tally[:1].upper()}{tally[1:]}.", roles=roles)
    return TodayPanel(
        applies=applies,
        share=f"{100 * share.part // share.whole}% in date",
        done=share.part,
        asked=share.whole,
        counts=f"{share.part} of {share.whole}: {tally}.",
        roles=roles,
    )


def draft_lines(drafts: Iterable[Draft], hrefs: Iterable[str]) -> tuple[DraftLine, ...]:
    """The drafts of the next version, with where each leads."""
    return tuple(
        DraftLine(
            heading=f"Version {one.number}, draft",
            words=f"From {day(one.answers.starts_on)}." if one.answers.starts_on else progress_of(one) + ".",
            meta=f"Changed by {one.changed_by}, {day(london_date(one.changed_at))}",
            href=href,
        )
        for one, href in zip(drafts, hrefs, strict=True)
    )
