"""What Alder Surgery counts as critical, its rota, and a week in which the only person able is away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from preceptor.compliance.requirements.actions import record_leave
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.foundation.access import Viewer
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.cover.actions import choose_ability, write_rota
from preceptor.training.cover.domain.abilities import NewAbility
from preceptor.training.cover.domain.rota import WEEK, NewRota, Session, Slot, monday_of
from preceptor.training.cover.queries import suggestions

from .people import Staff
from .spans import ago, at, working_day

ALDER: Final = "A81001"
_SINCE: Final = "4m"
_ONLY_ONE: Final = "sandra.hughes@alder.example"

# Everything critical, and the sessions in which it must be there if they are not those suggested.
_CRITICAL: Final[Mapping[str, tuple[Session, ...] | None]] = {
    "life-support": (Session.MORNING, Session.AFTERNOON),
    "chaperone": (Session.MORNING, Session.AFTERNOON),
    "redaction": (Session.MORNING,),
    "fire-marshal": (),
    "safeguarding-lead": None,
    "information-governance": None,
    "cervical-samples": None,
    "it-administrator": None,
}

# Who is on when: a letter for each working day, a for the morning, p for the afternoon, b for both, - for neither.
_WEEK: Final[Mapping[str, str]] = {
    "helen.marsh": "bbb-b",
    "imran.siddiqui": "bb-bb",
    "tunde.bello": "-bbbb",
    "joanne.cole": "bbbbb",
    "aisha.rahman": "bb-bb",
    "beth.tully": "b-bba",
    "chloe.dunn": "bbbb-",
    "marcin.zielak": "aaaaa",
    "ruth.okafor": "bbbbb",
    "karen.doyle": "bbbbb",
    "tomasz.nowak": "aaaaa",
    "priya.shah": "ppppp",
    "sandra.hughes": "aaaaa",
    "elliot.grant": "bbbbb",
    "farida.yusuf": "bbbb-",
}
_PARTS: Final = {"a": (Session.MORNING,), "p": (Session.AFTERNOON,), "b": (Session.MORNING, Session.AFTERNOON), "-": ()}


def plan(by: Mapping[str, Viewer], places: Mapping[str, OrganisationId], staff: Staff, today: date) -> None:
    """Chooses what is critical, writes the rota, and gives the only one able to check records a week off."""
    ruth, place = by[ALDER], places[ALDER]
    since = monday_of(ago(_SINCE, today))
    decided = at(working_day(since - timedelta(days=4)), 14)
    known = {one.key: one for one in suggestions()}
    for key, during in _CRITICAL.items():
        one = known[key]
        new = NewAbility(one.title, one.needs, one.during if during is None else during, 1, one.why, since)
        choose_ability(by=ruth, at=decided, organisation=place, new=new)
    turns: dict[Slot, set[str]] = {}
    for name, week in _WEEK.items():
        engagement = str(staff.engagements[f"{name}@alder.example", ALDER])
        for weekday, letter in enumerate(week):
            for part in _PARTS[letter]:
                turns.setdefault(Slot(weekday, part), set()).add(engagement)
    rota = NewRota(monday_of(today), 1, once=False, turns={slot: frozenset(some) for slot, some in turns.items()})
    write_rota(by=ruth, at=at(working_day(ago("1w", today)), 15), organisation=place, new=rota)
    leave = monday_of(today) + 3 * WEEK
    record_leave(
        by=ruth,
        at=at(working_day(ago("2w", today)), 10),
        engagement=staff.engagements[_ONLY_ONE, ALDER],
        eased=Eased(leave, "Other leave", "Practice manager", leave + WEEK),
    )
