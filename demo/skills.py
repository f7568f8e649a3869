"""Skills in clinical systems: who follows the framework, what people say of theirs, and who signed for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from preceptor.compliance.requirements.domain.catalogue import Catalogue
from preceptor.foundation.access import Viewer
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.people.domain import PersonId
from preceptor.training.skills.actions import adopt_framework, ask_colleague, name_assessor, not_yet, rate, sign
from preceptor.training.skills.domain import Framework, Level, Shown, Skill
from preceptor.training.skills.domain.signing import AskId, Said, Signing
from preceptor.training.skills.jobs import load_skills
from preceptor.training.skills.queries import framework_of, latest_national

from .people import Staff
from .spans import ago, at, working_day

ALDER: Final = "A81001"
_SINCE: Final = "11m"

_KAREN = "karen.doyle@alder.example"
_HELEN, _IMRAN = "helen.marsh@alder.example", "imran.siddiqui@alder.example"
_AISHA, _JOANNE = "aisha.rahman@alder.example", "joanne.cole@alder.example"
_TOMASZ, _PRIYA, _SANDRA = "tomasz.nowak@alder.example", "priya.shah@alder.example", "sandra.hughes@alder.example"


@dataclass(frozen=True, slots=True)
class _Showing:
    """Somebody who showed skills to an assessor, so long ago."""

    who: str
    assessor: str
    when: str
    skills: tuple[str, ...]


# Each assessor is named for the skills somebody shows them. What is logged is left to those who live here.
_SHOWN: Final = (
    _Showing(_TOMASZ, _KAREN, "10m", ("smartcard-sign-in", "lock-screen", "right-patient", "confirm-caller")),
    _Showing(_TOMASZ, _KAREN, "7m", ("book-right-slot", "same-day-urgent", "answer-and-navigate", "difficult-call")),
    _Showing(_PRIYA, _KAREN, "9m", ("smartcard-sign-in", "lock-screen", "right-patient", "book-right-slot")),
    _Showing(_PRIYA, _KAREN, "3m", ("send-text-message", "repeat-request", "work-on-paper")),
    _Showing(_SANDRA, _KAREN, "8m", ("smartcard-sign-in", "lock-screen", "suspicious-message")),
    _Showing(_SANDRA, _HELEN, "6m", ("suspected-cancer-referral", "redact-before-release", "rejected-referral")),
    _Showing(_AISHA, _JOANNE, "10m", ("request-a-test", "file-a-result", "urgent-result-call", "allergy-record")),
    _Showing(_AISHA, _JOANNE, "5m", ("use-template", "correct-an-entry", "remote-safeguarding")),
    _Showing(_JOANNE, _HELEN, "9m", ("acute-prescription", "file-a-result", "controlled-drugs", "correct-an-entry")),
    _Showing(_IMRAN, _HELEN, "4m", ("problem-list", "suspected-cancer-referral", "results-of-absent-colleague")),
)
_STATEMENTS: Final = (
    "Did it several times while I sat beside them, without help.",
    "Showed me on a busy morning, and explained what could go wrong.",
    "We went through it with two examples from this week.",
)
_CHANGED: Final = "correct-an-entry"  # Aisha says something else of it by now
_TOO_EARLY: Final = "redact-before-online"


def follow(
    builder: Viewer,
    by: Mapping[str, Viewer],
    viewers: Mapping[str, Viewer],
    places: Mapping[str, OrganisationId],
    staff: Staff,
    catalogue: Catalogue,
    today: date,
) -> None:
    """Lets Alder Surgery follow the national framework, and its people speak of their skills and sign for them."""
    since = working_day(ago(_SINCE, today))
    load_skills(builder, at(since, 7), catalogue)
    national = latest_national()
    if national is None:
        raise ValueError("the framework of skills was not loaded")
    place = places[ALDER]
    adopt_framework(
        by=by[ALDER],
        at=at(since, 15),
        organisation=place,
        version=national.id,
        starts_on=since,
        decided_by="Partners’ meeting",
    )
    room = _Room(viewers, place, staff, framework_of(national.id), today)
    room.name_assessors(builder, since)
    for number, one in enumerate(sorted(_SHOWN, key=lambda one: ago(one.when, today))):
        room.show(one, number)
    room.change_a_word()
    room.wait()


@dataclass(frozen=True, slots=True)
class _Room:
    viewers: Mapping[str, Viewer]
    place: OrganisationId
    staff: Staff
    framework: Framework
    today: date

    def name_assessors(self, builder: Viewer, since: date) -> None:
        """The manager names who may sign for what, as the framework begins."""
        named = {(one.assessor, skill) for one in _SHOWN for skill in one.skills}
        for email, skill in sorted({*named, (_HELEN, _TOO_EARLY), (_JOANNE, "missing-results")}):
            name_assessor(
                by=builder,
                at=at(since, 16),
                organisation=self.place,
                person=self._person(email),
                skill=skill,
                reason="Has done it for years and shows others how",
            )

    def show(self, one: _Showing, number: int) -> None:
        """Somebody says how well they do things, asks, and is signed for."""
        day = working_day(ago(one.when, self.today))
        for skill in self._skills(one.skills):
            ask = self._ask(one.who, one.assessor, skill, day)
            words = _STATEMENTS[(number + len(skill.key)) % len(_STATEMENTS)]
            how = next(way for way in skill.shown if way is not Shown.LOGGED)
            signing = Signing(Level.CAN, how, skill.look_for, words, None)
            sign(by=self.viewers[one.assessor], at=at(day, 16), ask=ask, signing=signing)

    def change_a_word(self) -> None:
        """Aisha says something else of a skill that was signed for: the signature is not carried over."""
        said = Said(int(Level.TEACH), Level.TEACH, "I have shown two new colleagues since.")
        day = working_day(ago("3w", self.today))
        rate(by=self.viewers[_AISHA], at=at(day, 12), organisation=self.place, skill=_CHANGED, said=said)

    def wait(self) -> None:
        """One answer was “not yet”, and one question waits."""
        day = working_day(ago("2w", self.today))
        (early,) = self._skills((_TOO_EARLY,))
        ask = self._ask(_SANDRA, _HELEN, early, day)
        words = "Practise finding what is about other people in letters from social care, then show me again."
        not_yet(by=self.viewers[_HELEN], at=at(day, 17), ask=ask, words=words)
        (missing,) = self._skills(("missing-results",))
        self._ask(_AISHA, _JOANNE, missing, working_day(ago("1w", self.today)))

    def _ask(self, who: str, assessor: str, skill: Skill, day: date) -> AskId:
        said = Said(int(Level.CAN), Level.CAN)
        viewer = self.viewers[who]
        rate(by=viewer, at=at(day, 12), organisation=self.place, skill=skill.key, said=said)
        return ask_colleague(
            by=viewer, at=at(day, 13), organisation=self.place, skill=skill.key, assessor=self._person(assessor)
        )

    def _skills(self, keys: tuple[str, ...]) -> Iterator[Skill]:
        for key in keys:
            skill = self.framework.skill(key)
            if skill is None:
                raise ValueError(f"the framework has no skill “{key}”")
            yield skill

    def _person(self, email: str) -> PersonId:
        return self.staff.people[email]
