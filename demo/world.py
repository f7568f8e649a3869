"""The demo world made whole, step by step."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from preceptor.compliance.requirements.jobs import catalogue_in, load_everything
from preceptor.foundation.access import EVERYWHERE, Viewer, system_account
from preceptor.foundation.dates import add_months
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisations_by_code
from preceptor.register.people.jobs import import_staff_file

from . import (
    agreed,
    capability,
    champions,
    cover,
    events,
    inductions,
    people,
    protected,
    rollouts,
    rules,
    services,
    signins,
    skills,
)
from .learning import Learner, history
from .lists import Row, staff_list
from .needs import needs_of
from .papers import as_csv, as_workbook
from .people import Staff
from .places import DEMOS, HUB, Demo, beginning, build_places
from .records import Ledger, bring_in
from .spans import at
from .staff import Member, members, shared

BUILDER: Final = system_account("demo")
_SAMPLER: Final = "aisha.rahman@alder.example"

Progress = Callable[[str], None]


def is_here() -> bool:
    """Is the demo world in the database already?"""
    return bool(organisations_by_code(EVERYWHERE, [DEMOS[0].code]))


def build(today: date, said: Progress = lambda _: None) -> None:
    """Makes the whole demo world as it stands on a day, or nothing. The same day makes the same world."""
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        _Build(today, Path(folder), said).everything()


@dataclass(frozen=True, slots=True)
class _Build:
    today: date
    folder: Path
    said: Progress

    def everything(self) -> None:
        self.said("National catalogue")
        catalogue = catalogue_in()
        load_everything(BUILDER, at(beginning(self.today), 7), catalogue)
        self.said("Organisations")
        places = build_places(BUILDER, self.today)
        everybody = [one for code in (HUB, *(demo.code for demo in DEMOS[::-1])) for one in members(code, self.today)]
        self.said("People")
        self._staff(places, everybody)
        elsewhere = shared(everybody, self.today)
        staff = people.follow(BUILDER, places, everybody, elsewhere, self.today)
        viewers = signins.open_accounts(BUILDER, staff, self.today)
        managing = signins.managers(viewers)
        people.ask(viewers, managing, places, everybody, elsewhere, self.today)
        self.said("Requirements")
        rules.adopt_everything(managing, places, self.today)
        rules.make_fire_yearly(managing[rules.YEARLY_FIRE], places, self.today)
        rules.offer_packs(viewers[signins.HUB_LEAD], managing, places, self.today)
        rules.answer_packs(managing, places, self.today)
        rules.ease(managing, places, staff, self.today)
        agreed.count_as(viewers[signins.HUB_LEAD], places, self.today)
        agreed.name(managing, places, self.today)
        self._records(places, everybody, staff, viewers)
        self.said("Skills")
        skills.follow(BUILDER, managing, viewers, places, staff, catalogue, self.today)
        self.said("Inductions")
        inductions.follow(BUILDER, managing, viewers, places, staff, catalogue, self.today)
        capability.say(viewers, self.today)
        self.said("Rota")
        cover.plan(managing, places, staff, self.today)
        self.said("Champions")
        champions.help_each_other(managing, viewers, places, staff, self.today)
        self.said("Rollouts")
        rollouts.tell(managing, viewers, places, viewers[signins.HUB_LEAD], self.today)
        self.said("Services to patients")
        services.offer(managing, places, self.today)
        protected.give(managing, viewers, places, staff, self.today)
        agreed.endorse_analysis(managing, places, self.today)
        self.said("Passwords")
        signins.set_passwords(BUILDER, staff, self.today)

    def _staff(self, places: Mapping[str, OrganisationId], everybody: Sequence[Member]) -> None:
        """Some places bring a staff list, the others enter their people; later starters are entered everywhere."""
        listed = {demo.code: demo for demo in DEMOS if demo.staff_file}
        begun = beginning(self.today)
        by_hand = [one for one in everybody if one.home not in listed or one.starts_on > begun]
        for demo in listed.values():
            first = [one for one in everybody if one.home == demo.code and one.starts_on <= begun]
            lines = staff_list(first)
            path = self.folder / f"staff.{demo.staff_file}"
            path.write_bytes(as_csv(lines) if demo.staff_file == "csv" else as_workbook(lines, "Staff"))
            imported = import_staff_file(path, practice=demo.code, by=BUILDER, at=at(begun, 10))
            if imported.plan.problems:
                raise ValueError("\n".join(str(problem) for problem in imported.plan.problems))
        people.take_on(BUILDER, places, by_hand, self.today)

    def _records(
        self,
        places: Mapping[str, OrganisationId],
        everybody: Sequence[Member],
        staff: Staff,
        viewers: Mapping[str, Viewer],
    ) -> None:
        _take_stock()
        self.said("What everyone learned")
        needs = needs_of(places[demo.code] for demo in DEMOS)
        ledger = Ledger(self.folder, viewers, staff, self.today)
        wishes = _wishes()
        for demo in DEMOS:
            self.said(f"Records of {demo.name}")
            rows = [
                Row(member, one)
                for member in everybody
                if member.home == demo.code
                for one in history(self._learner(member, demo, wishes), needs[staff.people[member.email]])
            ]
            bring_in(ledger, demo, rows)
            _take_stock()
        self.said("What happened lately")
        events.happen(ledger)

    def _learner(self, member: Member, demo: Demo, wishes: Mapping[str, Mapping[str, int | None]]) -> Learner:
        return Learner(
            email=member.email,
            joined=member.starts_on,
            begun=add_months(beginning(self.today), demo.adopted),
            today=self.today,
            habit=member.habit,
            lapses=demo.lapses,
            wishes=wishes.get(member.email, {}),
            long_way=frozenset({"cervical-initial", "cervical-update"} if member.email == _SAMPLER else ()),
        )


def _take_stock() -> None:
    """Has the database count its rows to plan by: nobody else counts those of a transaction that has not ended."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _wishes() -> dict[str, dict[str, int | None]]:
    """How single things stand on the day, by person and requirement: days until they run out, None if never done."""
    found: dict[str, dict[str, int | None]] = {}
    with (Path(__file__).parent / "wishes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["email"], {})[row["requirement"]] = int(row["days"]) if row["days"] else None
    return found
