"""What courses are like: who provides them, how they are taken, how long they take."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from preceptor.compliance.records.domain import Achievement, RecordKind
from preceptor.compliance.requirements.domain.criteria import Achieved

_SESSIONS: Final = frozenset(
    {
        *("resuscitation", "resuscitation-children", "life-support-all-ages", "oliver-mcgowan-live", "fire-marshal"),
        *("safeguarding-induction", "safeguarding-lead-meeting", "practice-induction", "locum-induction", "emis-web"),
        *("clinical-system-induction", "data-security-induction", "systmone", "vision", "digital-update", "ipc-lead"),
    }
)
_KINDS: Final = {"safeguarding-reflection": RecordKind.REFLECTION, "appraisal": RecordKind.ASSESSMENT}
_PROVIDERS: Final = {
    "resuscitation": "Heartbeat Training",
    "resuscitation-children": "Heartbeat Training",
    "life-support-all-ages": "Heartbeat Training",
    "oliver-mcgowan-live": "Vale Training Hub",
    "vaccination-update": "Vale Training Hub",
    "cervical-update": "Vale Training Hub",
    "cervical-theory": "Vale Training Hub",
    "cervical-certificate": "Vale Training Hub",
    "ipc-lead": "Vale Training Hub",
    "digital-champion": "Vale Training Hub",
    "fire-marshal": "Riverside PCN",
    "chaperoning": "Riverside PCN",
}
_ELFH: Final = "elearning for healthcare"
_HERE: Final = frozenset(
    {
        *("practice-induction", "locum-induction", "clinical-system-induction", "data-security-induction"),
        *("safeguarding-induction", "safeguarding-reflection", "safeguarding-lead-meeting", "digital-update"),
        *("appraisal", "phlebotomy", "vaccination", "cervical-samples", "cervical-sampling"),
    }
)

# Subjects often taken as one, and how often of ten.
_AS_ONE: Final = {
    frozenset({"safeguarding-adults", "safeguarding-children"}): ("safeguarding", 5),
    frozenset({"resuscitation", "resuscitation-children"}): ("life-support-all-ages", 7),
}


def before_they_came(subject: str) -> float:
    """How likely somebody brings it from their last employer: nothing that is about this place."""
    return 0 if subject in _HERE else 0.45


def named(
    asked: Sequence[Achieved], on: date, minutes: int, dice: random.Random, *, with_children: bool
) -> Iterator[Achievement]:
    """The records of one occasion: as one where it is taught as one, a second part some weeks on."""
    parts = [(leaf.subject, leaf) for leaf in asked]
    if with_children and parts[0][0] == "resuscitation":
        parts.append(("resuscitation-children", parts[0][1]))
    together, of_ten = _AS_ONE.get(frozenset(subject for subject, _ in parts), ("", 0))
    level = max((leaf.level for leaf in asked), default=1)
    if together and dice.randrange(10) < of_ten:
        level = 1 if together == "life-support-all-ages" else level
        yield _record(together, level, None, on, minutes, dice)
        return
    for number, (subject, leaf) in enumerate(parts):
        later = dice.randrange(14, 45) if number and subject.endswith("-live") else 0
        later = dice.randrange(7, 25) if number and leaf.kinds == ("sign-off",) else later
        each = minutes // len(parts) or minutes
        yield _record(subject, leaf.level, leaf.kinds, on + timedelta(days=later), each, dice)


def _record(
    subject: str, level: int, kinds: tuple[str, ...] | None, on: date, minutes: int, dice: random.Random
) -> Achievement:
    kind = RecordKind(kinds[0]) if kinds else _KINDS.get(subject, RecordKind.COURSE)
    if not kinds and subject in _SESSIONS and (subject != "resuscitation" or level > 1):
        kind = RecordKind.SESSION
    provider = _PROVIDERS.get(subject, "" if subject in _HERE else _ELFH)
    if kind in {RecordKind.SIGN_OFF, RecordKind.REFLECTION, RecordKind.LOG, RecordKind.ASSESSMENT}:
        provider = ""
    return Achievement(
        subject=subject,
        on=on,
        level=level,
        kind=kind,
        minutes=max(5, minutes + 5 * dice.randrange(-2, 3)),
        participatory=kind is RecordKind.SESSION,
        provider=provider,
    )
