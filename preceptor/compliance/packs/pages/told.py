"""Packs as rows, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.urls import reverse

from preceptor.compliance.requirements.domain.decisions import FORCE_NAMES
from preceptor.compliance.requirements.domain.telling import Difference, brief_sentence, differences, lead_sentence
from preceptor.compliance.requirements.domain.wording import transition_sentence
from preceptor.compliance.requirements.domain.words import Names
from preceptor.foundation.dates import london_date
from preceptor.ui.words import count, day

from ..domain import ANSWER_NAMES, STATE_NAMES, Answered, Line, PackAt, State
from ..queries.offered import VersionTold
from .reaching import Column, LineRow, PackRow, VersionRow

_WHY = {
    State.THEIRS: "The pack says something new. You have what it said before, so taking it changes only that.",
    State.BOTH: "The pack says something new, and what you have is your own. Taking it replaces yours.",
    State.ADDED: "It is new in the pack and not on your list.",
    State.WITHDRAWN: "The pack no longer has it. It stays on your list until you end it.",
    State.OURS: "What you have differs from the pack, and you settled that before.",
    State.UNCHANGED: "You have it as the pack says.",
}


def pack_row(code: str, one: PackAt) -> PackRow:
    """A pack in a list."""
    whose = one.pack.owner_name or "National"
    held = count(sum(line.new is not None for line in one.lines), "requirement")
    published = day(london_date(one.published_at))
    return PackRow(
        title=one.pack.name,
        href=reverse("packs:pack", args=[code, one.pack.id]),
        meta=f"{whose}. Version {one.number}, {published}: {held}",
        state=state_of_pack(one),
        waiting=len(one.waiting) + len(one.open_by_law),
    )


def state_of_pack(one: PackAt) -> str:
    """How a place stands with a pack, in a sentence."""
    if one.adopted is None:
        return "Not adopted."
    said = [f"You are on version {one.on_version}." if one.on_version else "You have not answered its first version."]
    if one.waiting:
        said.append(f"{count(len(one.waiting), 'change waits', 'changes wait')} for your answer.")
    if one.open_by_law:
        said.append(
            f"{count(len(one.open_by_law), 'requirement')} a law asks for "
            f"{'is' if len(one.open_by_law) == 1 else 'are'} neither taken nor declined."
        )
    return " ".join(said)


def rows_by_state(
    lines: Iterable[Line], code: str, pack: object, names: Names, *, answers: bool, sees_reasons: bool
) -> tuple[LineRow, ...]:
    """Requirements of a pack in words, leading to the answers for who may give one."""
    return tuple(_line_row(one, code, pack, names, answers=answers, sees_reasons=sees_reasons) for one in lines)


def _line_row(line: Line, code: str, pack: object, names: Names, *, answers: bool, sees_reasons: bool) -> LineRow:
    said = line.new or line.old
    law = "A law asks for it" if line.is_law else ""
    declined = f"Why the law does not apply: {line.legal_reason.rstrip('.')}" if line.legal_reason else ""
    state = "Not on your list" if line.ours is None and line.state is State.OURS else STATE_NAMES[line.state]
    return LineRow(
        title=line.title,
        href=reverse("packs:change", args=[code, pack, line.key]) if answers else "",
        state=state,
        sentence=brief_sentence(said.rule, names) if said else "",
        meta=". ".join(part for part in (law, declined, answered_words(line.answered, whole=sees_reasons)) if part),
    )


def answered_words(answered: Answered | None, *, whole: bool = True) -> str:
    """What was answered last and when; whole, also by whom and why, which is the place's own."""
    if answered is None:
        return ""
    said = f"{ANSWER_NAMES[answered.answer]} at version {answered.number}"
    if not whole:
        return f"{said}, {day(london_date(answered.at))}"
    said = f"{said}, {answered.by}"
    return f"{said}, {day(london_date(answered.at))}" + (f": {answered.reason}" if answered.reason else "")


def versions_told(versions: Iterable[VersionTold]) -> tuple[VersionRow, ...]:
    """The versions of a pack, the newest first."""
    return tuple(
        VersionRow(
            heading=f"Version {one.number}",
            note=one.note,
            published=f"{count(one.items, 'requirement')}. Published by {one.published_by}, "
            f"{day(london_date(one.published_at))}",
        )
        for one in versions
    )


def change_of(line: Line, names: Names) -> tuple[str, str, tuple[Column, ...]]:
    """A requirement three ways: the state, what it means, and the three sides."""
    old, new, own = line.old, line.new, line.ours
    mine = own.versions[-1] if own and line.is_on_list else None
    columns = (
        Column(
            "The pack, when you last answered",
            lead_sentence(old.rule, names) if old else "It was not in the pack, or you had not answered yet.",
            f"Version {old.number} of it" if old else "",
        ),
        Column(
            "The pack now",
            lead_sentence(new.rule, names) if new else "It is no longer in the pack.",
            _offered(line) if new else "",
        ),
        Column(
            "Yours",
            lead_sentence(mine, names) if mine else "It is not on your list.",
            f"From {day(mine.starts_on)}" if mine else "",
        ),
    )
    return STATE_NAMES[line.state], _WHY[line.state], columns


def _offered(line: Line) -> str:
    if line.new is None:
        return ""
    rule = line.new.rule
    said = [f"From {day(rule.starts_on)}. {FORCE_NAMES[line.new.basis]}. {line.new.rationale}"]
    if rule.transition:
        said.append(transition_sentence(rule.transition))
    return " ".join(said)


def areas_of_offers(offers: Sequence[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Titles by area, for reading back."""
    return tuple((name, tuple(title for _, title in some)) for name, some in groupby(offers, lambda offer: offer[0]))


def sides(line: Line, names: Names) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """What the pack changed, and how yours differs from the pack now, aspect by aspect."""
    mine = line.ours.versions[-1] if line.ours and line.is_on_list else None
    theirs = differences(line.old.rule, line.new.rule, names) if line.old and line.new else ()
    ours = differences(mine, line.new.rule, names) if mine and line.new else ()
    return theirs, ours
