"""What became of a requirement: two of its versions side by side in words, and when each is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from preceptor.compliance.requirements.domain.decisions import FORCE_NAMES, Decision
from preceptor.compliance.requirements.domain.held import HeldRequirement, HeldVersion
from preceptor.compliance.requirements.domain.reviews import ReviewState, review_state
from preceptor.compliance.requirements.domain.telling import Change, Difference, Piece, aspects, pieces_of
from preceptor.compliance.requirements.domain.words import Names, day_phrase, time_phrase


def compared(old: HeldVersion, new: HeldVersion, names: Names, *, by: str = "") -> tuple[Difference, ...]:
    """Everything two versions say differently, the rule first and then the decision; nothing where they agree.

    With `by`, that is named in the place of whoever decided: their names stay at home.
    """
    before, after = (_said(one, names, by) for one in (old, new))
    rule = aspects(new.rule, names)
    return tuple(
        Difference(aspect, pieces_of(before[aspect], words) if aspect in rule else _whole(before[aspect], words))
        for aspect, words in after.items()
        if before[aspect] != words
    )


def _whole(old: str, new: str) -> tuple[Piece, ...]:
    """Free text is not taken apart word by word: chance agreements would hide what it says."""
    return Piece(Change.GONE, f"{old} "), Piece(Change.NEW, new)


def _said(version: HeldVersion, names: Names, by: str) -> dict[str, str]:
    decision = version.decision
    sources = sorted({f"{one.source.title}: {one.says}" for one in version.citations if one.followed})
    return {
        **aspects(version.rule, names),
        "Basis": f"{FORCE_NAMES[decision.basis]}.",
        "Why": decision.rationale,
        "Why the law allows less": decision.legal_reason or "Nothing is said.",
        "Decided by": decided_words(decision, by) or "Not said.",
        "Review by": f"{day_phrase(decision.review_by)}." if decision.review_by else "No day is set.",
        "Takes": f"{time_phrase(decision.minutes)}." if decision.minutes is not None else "Not said.",
        "Source followed": " ".join(sources) or "None.",
    }


def decided_words(decision: Decision, by: str) -> str:
    """Who decided and when; with `by`, that in the place of a name. Nothing where nothing is said."""
    who = (by and decision.decided_by and f"By {by}") or decision.decided_by
    on = day_phrase(decision.decided_on) if decision.decided_on else ""
    return ", ".join(part for part in (who, on) if part)


@dataclass(frozen=True, slots=True)
class Review:
    """A requirement at its owner and the day to look at it again; None where nobody set one."""

    requirement: HeldRequirement
    by: date | None
    state: ReviewState


def reviews(held: Iterable[HeldRequirement], today: date) -> tuple[Review, ...]:
    """Every requirement without an end, with when it is to be looked at again: the longest overdue first.

    Those nobody set a day for come last.
    """
    found = [Review(one, one.review_by, review_state(one.review_by, today)) for one in held if one.ending is None]
    return tuple(sorted(found, key=lambda one: (one.by or date.max, one.requirement.title)))
