"""Changes told to people: a system that moved at Birch, a new screen at Alder, and a notice of the hub."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from preceptor.compliance.requirements.domain.reading import Json
from preceptor.foundation.access import EVERYWHERE, Place, Viewer
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.training.rollouts.actions import (
    adopt_rollout,
    answer_check,
    answer_question,
    ask_about,
    ask_too,
    confirm_refresher,
    decline_rollout,
    digest,
    draft_correction,
    draft_rollout,
    publish_notice,
    save_notice,
    say_done,
    set_refresher,
    text_of,
)
from preceptor.training.rollouts.domain import Check, Notice, RolloutId, Task, TaskKind
from preceptor.training.rollouts.domain.readiness import Where
from preceptor.training.rollouts.queries import draft_of, own_refreshers, readiness_at

from .spans import ago, at, working_day

ALDER, BIRCH, CANAL, HUB = "A81001", "A81002", "A81003", "V81H"
_TOMASZ, _PRIYA, _AISHA = "tomasz.nowak@alder.example", "priya.shah@alder.example", "aisha.rahman@alder.example"
_KAREN, _SANDRA = "karen.doyle@alder.example", "sandra.hughes@alder.example"
# Who at Alder has not got round to it yet.
_SLOW: Final = frozenset({_AISHA, _TOMASZ, "imran.siddiqui@alder.example", "chloe.dunn@alder.example"})

_CHECK: Final = Check(
    "A letter names the patient’s sister. What do you do before filing it?",
    ("File it, and tell somebody later", "Choose “Hide from patient” with a reason", "Send it back"),
    1,
    "A letter about more than one person is hidden until somebody has checked it.",
)
_PRACTISE: Final = Task("task-1", TaskKind.PRACTISE, "Practise on the test patient", 10, groups=("gp",))


def tell(
    by: Mapping[str, Viewer],
    viewers: Mapping[str, Viewer],
    places: Mapping[str, OrganisationId],
    hub: Viewer,
    today: date,
) -> None:
    """Tells of three changes, and lets people read, answer and ask."""
    room = _Room(by, {one.person: one for one in viewers.values() if one.person}, places, today)
    room.move()
    room.refresh(viewers)
    room.redact(viewers)
    room.from_the_hub(hub)


@dataclass(frozen=True, slots=True)
class _Room:
    by: Mapping[str, Viewer]
    people: Mapping[UUID, Viewer]
    places: Mapping[str, OrganisationId]
    today: date

    def move(self) -> None:
        """Birch moved ten weeks ago; a correction of two weeks ago was read by all but two, who are on leave."""
        told, live = working_day(ago("10w", self.today)), ago("8w", self.today)
        different = (
            "From this Monday every record is in the new system. The old one can be read, and not written to\n"
            "Book, prescribe and file in the new system only\n"
            "Tasks that were open on Friday have been moved. Check yours on the first morning"
        )
        rollout = self._tell(BIRCH, told, "We move to another core system", "systmone", live, different, "everyone")
        self._read(BIRCH, rollout, told + timedelta(days=3), 1)
        corrected = working_day(ago("2w", self.today))
        draft_correction(by=self.by[BIRCH], at=at(corrected, 10), rollout=rollout)
        held = draft_of(EVERYWHERE, self.places[BIRCH], rollout)
        more = (
            *held.notice.different,
            "Scanned letters of last year have moved to “Documents”, and no longer to “Old”",
        )
        revision = self._save(BIRCH, rollout, corrected, replace(held.notice, different=more))
        publish_notice(
            by=self.by[BIRCH],
            at=at(corrected, 11),
            rollout=rollout,
            revision=revision,
            changed="Where last year’s scanned letters are now.",
            asks_again=True,
        )
        self._read(BIRCH, rollout, corrected + timedelta(days=4), 2)

    def refresh(self, viewers: Mapping[str, Viewer]) -> None:
        """Alder’s reception has filed letters anew since spring; the yearly refresher tells of it."""
        told, live = working_day(ago("6m", self.today)), ago("5m", self.today)
        different = (
            "Letters from hospitals come into one list, the oldest on top\n"
            "Choose the kind of letter before the clinician, and the list of clinicians is short\n"
            "What cannot be read goes back to the sender the same day"
        )
        whom: Json = {"role": ["receptionist"]}
        rollout = self._tell(ALDER, told, "One list for letters in Docman", "docman", live, different, whom)
        self._read(ALDER, rollout, told + timedelta(days=7), 1, checked=False)
        alder, asked = self.places[ALDER], working_day(ago("3w", self.today))
        set_refresher(by=self.by[ALDER], at=at(asked, 9), organisation=alder, is_asked=True)
        priya = viewers[_PRIYA]
        day = working_day(ago("1w", self.today))
        (held,) = (one for one in own_refreshers(_person(priya), day) if one.place == alder)
        confirm_refresher(by=priya, at=at(day, 12), organisation=alder, sha256=digest(text_of(held)))

    def redact(self, viewers: Mapping[str, Viewer]) -> None:
        """Alder’s new screen goes live in a week: most have read it, and two questions wait."""
        told, live = working_day(ago("6d", self.today)), ago("+7d", self.today)
        different = (
            "You now decide before you file an entry whether the patient can see it\n"
            "“Hide from patient” asks for a reason. Choose one; free text is not needed\n"
            "Letters about more than one person are stopped until someone checks them"
        )
        groups: Json = {"staff_group": ["gp", "nurse", "dpc", "admin"]}
        rollout = self._tell(
            ALDER,
            told,
            "New redaction screen",
            "emis-web",
            live,
            different,
            groups,
            checks=(_CHECK,),
            tasks=(_PRACTISE,),
        )
        slow = frozenset(one.person for email, one in viewers.items() if email in _SLOW and one.person)
        read_on = working_day(ago("3d", self.today))
        self._read(ALDER, rollout, read_on, 1, besides=slow)
        alder = self.places[ALDER]
        first, second, third = (
            ask_about(by=viewers[who], at=at(read_on, hour), organisation=alder, rollout=rollout, words=words)
            for who, hour, words in (
                (_KAREN, 12, "Can I undo a hidden entry?"),
                (_TOMASZ, 13, "What about letters scanned before it goes live?"),
                (_SANDRA, 14, "Who checks the letters that are stopped when I am not here?"),
            )
        )
        for who in (_PRIYA, _AISHA):
            ask_too(by=viewers[who], at=at(read_on, 15), organisation=alder, rollout=rollout, question=second)
        ask_too(by=viewers[_PRIYA], at=at(read_on, 15), organisation=alder, rollout=rollout, question=third)
        answer_question(
            by=self.by[ALDER],
            at=at(read_on, 16),
            organisation=alder,
            rollout=rollout,
            question=first,
            words="Yes: open the entry, choose “Show”.",
        )

    def from_the_hub(self, hub: Viewer) -> None:
        """The hub tells everybody of a change; two places take it over, one does not, the others have yet to decide."""
        told, live = working_day(ago("9d", self.today)), ago("+21d", self.today)
        different = (
            "Patients can answer your messages in the NHS App\nAnswers come to the shared inbox, not to you\n"
            "Say in the message by when somebody looks at the answer"
        )
        rollout = self._tell(
            HUB, told, "Patients answer messages in the NHS App", "nhs-app", live, different, "everyone", by=hub
        )
        decided = working_day(ago("5d", self.today))
        for code in (ALDER, BIRCH):
            adopt_rollout(
                by=self.by[code],
                at=at(decided, 10),
                organisation=self.places[code],
                rollout=rollout,
                goes_live_on=live,
            )
        decline_rollout(
            by=self.by[CANAL],
            at=at(decided, 11),
            organisation=self.places[CANAL],
            rollout=rollout,
            reason="We do not send messages from the app yet",
        )

    def _tell(
        self,
        code: str,
        told: date,
        title: str,
        system: str,
        live: date,
        different: str,
        audience: Json,
        *,
        checks: tuple[Check, ...] = (),
        tasks: tuple[Task, ...] = (),
        by: Viewer | None = None,
    ) -> RolloutId:
        viewer = by or self.by[code]
        rollout = draft_rollout(
            by=viewer,
            at=at(told, 9),
            organisation=self.places[code],
            title=title,
            system=system,
            goes_live_on=live,
            different=different,
            audience=audience,
        )
        revision = 1
        if checks or tasks:
            held = draft_of(EVERYWHERE, self.places[code], rollout)
            revision = self._save(code, rollout, told, replace(held.notice, checks=checks, tasks=tasks))
        publish_notice(by=viewer, at=at(told, 10), rollout=rollout, revision=revision)
        return rollout

    def _save(self, code: str, rollout: RolloutId, day: date, notice: Notice) -> int:
        held = draft_of(EVERYWHERE, self.places[code], rollout)
        return save_notice(by=self.by[code], at=at(day, 10), rollout=rollout, revision=held.revision, notice=notice)

    def _reader(self, code: str, person: UUID, name: str) -> Viewer:
        """Somebody who works at a place, and whose account the demo does not open to save time."""
        place = organisation_by_code(EVERYWHERE, code)
        return Viewer(person=person, name=name, engaged=(Place(place.pk, place.code, place.name, place.kind),))

    def _read(
        self,
        code: str,
        rollout: RolloutId,
        day: date,
        number: int,
        besides: frozenset[UUID] = frozenset(),
        *,
        checked: bool = True,
    ) -> None:
        """Everybody who is here reads it on a day, answers, and does what it asks, but for some."""
        ready = readiness_at(EVERYWHERE, self.places[code], day)[rollout]
        for one in ready.some(Where.HERE):
            if one.who.person in besides:
                continue
            viewer = self.people.get(one.who.person) or self._reader(code, one.who.person, one.who.name)
            moment = at(working_day(day), 11)
            say_done(by=viewer, at=moment, rollout=rollout, step="read", number=number)
            if code == ALDER and checked:
                answer_check(by=viewer, at=moment, rollout=rollout, number=number, answers=[_CHECK.right])
                if one.who.group_name.startswith("GP"):
                    say_done(by=viewer, at=moment, rollout=rollout, step="task-1", number=number)


def _person(viewer: Viewer) -> UUID:
    if viewer.person is None:
        raise ValueError(f"{viewer.name} is nobody who works somewhere")
    return viewer.person
