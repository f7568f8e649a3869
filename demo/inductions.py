"""Inductions: what a practice gives people to read, who is new, who comes back, and what was shown to whom by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from preceptor.compliance.requirements.domain.catalogue import Catalogue
from preceptor.foundation.access import Scope, Viewer
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.people.domain import EngagementId
from preceptor.register.people.queries import engagements_of
from preceptor.training.inductions.actions import (
    accept,
    add_item,
    help_done,
    plan_induction,
    set_aside,
    sign_off,
    start_induction,
    take_programme,
    tick_off,
    write_text,
)
from preceptor.training.inductions.domain import CONTACTS, DIFFERENT, Item, ItemKind, Plan, Stage, Text, Who
from preceptor.training.inductions.domain.course import InductionId
from preceptor.training.inductions.domain.signing import seal_of
from preceptor.training.inductions.jobs import load_all
from preceptor.training.inductions.queries import course_of, programme_at, texts_at

from .people import Staff
from .spans import ago, at, working_day

ALDER: Final = "A81001"
BIRCH: Final = "A81002"
CANAL: Final = "A81003"
_SINCE: Final = "11m"

_KAREN, _ELLIOT = "karen.doyle@alder.example", "elliot.grant@alder.example"
_JOANNE, _HELEN = "joanne.cole@alder.example", "helen.marsh@alder.example"
_DEAN, _BETH, _MEI = "dean.whitlock@alder.example", "beth.tully@alder.example", "mei.lin@birch.example"
_LAURA = "laura.pryce@alder.example"

_CONTACTS: Final = (
    "Duty doctor: Dr Helen Marsh, extension 201",
    "Safeguarding lead: Joanne Cole, extension 214",
    "Manager: Ruth Okafor, extension 200, or 020 7946 0123",
    "Emergency drugs: Treatment room 2, red box. Defibrillator behind reception",
)
_DIFFERENT: Final = (
    "Two-week referrals go to the secretaries as a task, never as a letter.",
    "Redact before you file: patients see entries at once.",
    "Repeat prescriptions are signed at 11:30am and 4pm.",
)
_CONFIDENTIALITY: Final = (
    "What you learn about patients, families and colleagues at Alder Surgery stays here, also after you leave.",
    "Open a record only when your work for that patient needs it. Every look is logged, and Elliot reads the log.",
    "Use your own sign-in only, and lock the screen when you leave it. Take no patient data home.",
    "If something goes wrong, tell Ruth at once. Being told early is what matters.",
)
_STATEMENT: Final = Text("confidentiality", "Confidentiality statement", 5, _CONFIDENTIALITY)
_BEEP: Final = Item(
    "new",
    "The beep of the front door, and who answers it",
    ItemKind.SHOWN,
    Stage.WEEK,
    Who.BUDDY,
    5,
    "The lobby cannot be seen from the desk.",
)


@dataclass(frozen=True, slots=True)
class _Story:
    """Somebody's induction: by which programme, since when, who helps, and what they have done so far, in order.

    What the manager, the buddy and IT show is ticked off by each of them; what is read is accepted.
    """

    who: str
    place: str
    programme: str
    first: str
    why: str
    buddy: str
    it: str
    done: tuple[str, ...]
    aside: str = ""


_DONE_BY_RECEPTION: Final = ("smartcard", "confidentiality", "data-security-induction", "room", "different", "messages")
_STORIES: Final = (
    _Story(_DEAN, ALDER, "receptionist", "1w", "starts", _KAREN, _ELLIOT, _DONE_BY_RECEPTION),
    _Story(
        *(_BETH, ALDER, "practice-nurse", "12d", "starts", _JOANNE, _ELLIOT),
        done=(*_DONE_BY_RECEPTION, "emergency", "safeguarding", "chaperone", "directions", "cold-chain"),
        aside="recalls",
    ),
    _Story("brendan.dhami@birch.example", BIRCH, "medical-student", "5w", "starts", "", "", ("room", "emergency")),
    _Story("esme.larkin@canalstreet.example", CANAL, "medical-student", "2w", "starts", "", "", ("room",)),
)


def follow(
    builder: Viewer,
    by: Mapping[str, Viewer],
    viewers: Mapping[str, Viewer],
    places: Mapping[str, OrganisationId],
    staff: Staff,
    catalogue: Catalogue,
    today: date,
) -> None:
    """Lets three practices take programmes and write texts, and their new people begin."""
    since = working_day(ago(_SINCE, today))
    load_all(builder, at(since, 7), catalogue)
    world = _World(by, viewers, places, staff, today)
    world.write(since)
    for key in ("receptionist", "practice-nurse", "gp", "locum-gp"):
        take_programme(by=by[ALDER], at=at(since, 11), organisation=places[ALDER], key=key)
    for place in (BIRCH, CANAL):
        take_programme(by=by[place], at=at(since, 11), organisation=places[place], key="medical-student")
    is_known = world.begin_long_ago()
    world.reword(ago("4m", today))
    world.add_an_item(working_day(ago("5m", today)))
    for story in _STORIES:
        world.tell(story)
    if is_known:
        world.come_back()
    world.begin_today()


@dataclass(frozen=True, slots=True)
class _World:
    by: Mapping[str, Viewer]
    viewers: Mapping[str, Viewer]
    places: Mapping[str, OrganisationId]
    staff: Staff
    today: date

    def write(self, since: date) -> None:
        """Alder writes its texts."""
        self._publish(Text(CONTACTS, "If you need someone now", 1, _CONTACTS), 0, since, "So that nobody has to search")
        different = Text(DIFFERENT, "Three things we do differently here", 3, _DIFFERENT)
        self._publish(different, 0, since, "What locums ask most")
        self._publish(replace(_STATEMENT, lines=_STATEMENT.lines[:3]), 0, since, "In our own words")

    def reword(self, day: date) -> None:
        """Alder changes its confidentiality statement: whoever comes back is asked again."""
        self._publish(_STATEMENT, 1, day, "Says whom to tell when something goes wrong")

    def _publish(self, text: Text, seen: int, day: date, reason: str) -> None:
        write_text(
            by=self.by[ALDER],
            at=at(working_day(day), 11),
            organisation=self.places[ALDER],
            text=text,
            seen=seen,
            reason=reason,
        )

    def add_an_item(self, day: date) -> None:
        """Alder adds something of its own to what receptionists are shown."""
        place = self.places[ALDER]
        add_item(
            by=self.by[ALDER],
            at=at(day, 14),
            organisation=place,
            programme=programme_at(Scope(frozenset({place})), place, "receptionist").id,
            item=_BEEP,
            reason="A patient waited in the lobby unseen",
        )

    def tell(self, story: _Story) -> InductionId:
        """Somebody begins, and does some of it on the first days."""
        first = ago(story.first, self.today)
        induction = self._begin(story, first, at(working_day(first - timedelta(days=3)), 15))
        for number, item in enumerate(story.done):
            day = min(working_day(first + timedelta(days=number // 5)), self.today - timedelta(days=1))
            self._do(story, induction, item, at(max(day, first), 9 + number % 5, 10))
        if story.aside:
            set_aside(
                by=self.by[story.place],
                at=at(working_day(first + timedelta(days=3)), 16),
                organisation=self.places[story.place],
                induction=induction,
                item=story.aside,
                reason="She ran the recalls where she worked before",
            )
        return induction

    def begin_long_ago(self) -> bool:
        """Laura goes through all of it, and is signed off if her training is in date."""
        story = _Story(_LAURA, ALDER, "gp", "10m", "role", _HELEN, _ELLIOT, ())
        first = ago(story.first, self.today)
        induction = self._begin(story, first, at(first, 8))
        place = self.places[ALDER]
        scope = Scope(frozenset({place}))
        for number, entry in enumerate(course_of(scope, place, induction, first).left):
            if entry.is_by_hand or entry.item.kind is ItemKind.READ:
                self._do(story, induction, entry.item.key, at(first, 9 + number // 2, 10))
            elif entry.item.kind is ItemKind.SKILLS:
                set_aside(
                    by=self.by[ALDER],
                    at=at(first, 16),
                    organisation=place,
                    induction=induction,
                    item=entry.item.key,
                    reason="She was in the system daily as a registrar here. Helen signs skill by skill this year",
                )
        signed_on = working_day(first + timedelta(days=14))
        course = course_of(scope, place, induction, signed_on)
        if course.is_ready:
            sign_off(
                by=self.by[ALDER],
                at=at(signed_on, 16),
                organisation=place,
                induction=induction,
                statement="Knows the place well. We talked through the new routes.",
                seal=seal_of(course),
            )
        return course.is_ready

    def come_back(self) -> None:
        """She is back from leave soon, and does only what has changed or lapsed by then."""
        back = _Story(_LAURA, ALDER, "gp", "+70d", "back", _HELEN, _ELLIOT, ())
        self._begin(back, ago(back.first, self.today), at(self.today - timedelta(days=5), 11))

    def begin_today(self) -> None:
        """A locum's first session is today."""
        story = _Story(_MEI, ALDER, "locum-gp", "", "starts", _KAREN, _ELLIOT, ())
        induction = self._begin(story, self.today, at(self.today - timedelta(days=3), 15))
        plan_induction(
            by=self.by[ALDER],
            at=at(self.today - timedelta(days=2), 15),
            organisation=self.places[ALDER],
            induction=induction,
            plan=Plan(
                buddy=self.staff.people[_KAREN],
                it=self.staff.people[_ELLIOT],
                log_in_on=self.today,
                log_in_time=time(8),
                session_on=self.today,
                session_time=time(8, 30),
                room="Room 4",
            ),
        )
        self._do(story, induction, "smartcard", at(self.today, 8, 12))
        self._do(story, induction, "room", at(self.today, 8, 20))

    def _begin(self, story: _Story, first: date, moment: datetime) -> InductionId:
        place = self.places[story.place]
        people = self.staff.people
        return start_induction(
            by=self.by[story.place],
            at=moment,
            organisation=place,
            engagement=EngagementId(engagements_of(Scope(frozenset({place})), people[story.who])[0].engagement_id),
            programme=programme_at(Scope(frozenset({place})), place, story.programme).id,
            first_on=first,
            why=story.why,
            plan=Plan(buddy=people.get(story.buddy), it=people.get(story.it)),
        )

    def _do(self, story: _Story, induction: InductionId, item: str, moment: datetime) -> None:
        """Whoever shows it ticks it off, and whoever reads it accepts it."""
        place = self.places[story.place]
        entry = course_of(Scope(frozenset({place})), place, induction, moment.date()).entry(item)
        if entry is None:
            raise ValueError(f"the induction asks nothing called “{item}”")
        helper = {Who.BUDDY: story.buddy, Who.IT: story.it}.get(entry.item.who, "")
        if entry.item.kind is ItemKind.READ:
            text = texts_at(place, moment)[entry.item.text]
            accept(by=self.viewers[story.who], at=moment, induction=induction, item=item, text=text.id)
        elif helper:
            help_done(by=self.viewers[helper], at=moment, induction=induction, item=item, on=moment.date())
        else:
            tick_off(
                by=self.by[story.place],
                at=moment,
                organisation=place,
                induction=induction,
                item=item,
                on=moment.date(),
                shown_by=self.by[story.place].name,
            )
