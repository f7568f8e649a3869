"""Skills in clinical systems: who follows the framework, what people say of theirs, and who signed for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from preceptor.compliance.requirements.domain.catalogue import Catalogue
from preceptor.foundation.access import Scope, Viewer, system_account
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.people.domain import PersonId
from preceptor.training.skills.actions import (
    adopt_framework,
    ask_colleague,
    choose_modules,
    confirm_skill,
    invite_assessor,
    log_procedure,
    name_assessor,
    not_yet,
    rate,
    sign,
    sign_invited,
)
from preceptor.training.skills.domain import Framework, Level, Shown, Skill
from preceptor.training.skills.domain.reviewing import description_digest
from preceptor.training.skills.domain.signing import AskId, Said, Signing
from preceptor.training.skills.jobs import load_skills
from preceptor.training.skills.queries import framework_of, latest_national, logged_by, systems_for, version_gone_by

from .people import Staff
from .places import HUB
from .signins import HUB_LEAD
from .spans import ago, at, working_day

ALDER: Final = "A81001"
_SINCE: Final = "11m"

_KAREN = "karen.doyle@alder.example"
_HELEN, _IMRAN = "helen.marsh@alder.example", "imran.siddiqui@alder.example"
_AISHA, _JOANNE = "aisha.rahman@alder.example", "joanne.cole@alder.example"
_CHLOE, _BETH = "chloe.dunn@alder.example", "beth.tully@alder.example"
_FARIDA, _TUNDE = "farida.yusuf@alder.example", "tunde.bello@alder.example"
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
    _Showing(_CHLOE, _AISHA, "8m", ("smartcard-sign-in", "lock-screen", "right-patient", "set-a-recall")),
    _Showing(_BETH, _JOANNE, "5d", ("smartcard-sign-in", "right-patient", "use-template")),
    _Showing(_FARIDA, _KAREN, "5m", ("answer-and-navigate", "same-day-urgent", "lock-screen")),
    _Showing(_FARIDA, _KAREN, "2m", ("help-with-nhs-app", "urgent-online-request", "help-without-internet")),
    _Showing(_TOMASZ, _FARIDA, "6w", ("help-with-nhs-app",)),
    _Showing(_TOMASZ, _KAREN, "4m", ("urgent-online-request", "help-without-internet")),
    _Showing(_PRIYA, _KAREN, "5m", ("urgent-online-request", "help-without-internet")),
    _Showing(_TUNDE, _HELEN, "7m", ("acute-prescription", "repeat-template", "file-a-result", "problem-list")),
    _Showing(_SANDRA, _KAREN, "8m", ("smartcard-sign-in", "lock-screen", "suspicious-message")),
    _Showing(_SANDRA, _HELEN, "6m", ("suspected-cancer-referral", "redact-before-release", "rejected-referral")),
    _Showing(_AISHA, _JOANNE, "10m", ("request-a-test", "file-a-result", "urgent-result-call", "allergy-record")),
    _Showing(_AISHA, _JOANNE, "5m", ("use-template", "correct-an-entry", "remote-safeguarding")),
    _Showing(_JOANNE, _HELEN, "9m", ("acute-prescription", "file-a-result", "controlled-drugs", "correct-an-entry")),
    _Showing(_IMRAN, _HELEN, "4m", ("problem-list", "suspected-cancer-referral", "results-of-absent-colleague")),
)
_KEPT: Final = (
    *("record-access-safety", "record-appointments", "record-consultation", "record-documents"),
    *("record-results", "record-record-access", "record-coding", "record-online-consultation"),
)

# The module whose descriptions the hub has read and stands by.
_CONFIRMED: Final = "record-results"

# Who is seen doing the everyday tasks by whom, and the family of their role.
_EVERYBODY: Final = (
    (_TOMASZ, _KAREN, "reception"),
    (_PRIYA, _KAREN, "reception"),
    (_FARIDA, _KAREN, "reception"),
    (_SANDRA, _KAREN, "secretary"),
    (_CHLOE, _JOANNE, "hca"),
    (_AISHA, _JOANNE, "nurse"),
    (_IMRAN, _HELEN, "gp"),
    (_TUNDE, _HELEN, "gp"),
    (_JOANNE, _HELEN, "advanced-nurse"),
)
_CORE: Final = "emis-web"  # the clinical system here
_LETTERS: Final = "code-a-letter"  # logged 20 times before anybody signs
_LOGGED: Final = 14
_REQUESTS: Final = "process-online-request"  # logged ten times before anybody signs
_AT_THE_DESK: Final = (_TOMASZ, _FARIDA)  # they are able to offer online consultation
_BY_ONESELF: Final = "missed-appointment"  # nobody here can sign for it: somebody outside was asked
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
    room.name_assessors(by[ALDER], since)
    for number, one in enumerate(sorted(_SHOWN, key=lambda one: ago(one.when, today))):
        room.show(one, number)
    room.change_a_word()
    room.everyday()
    room.wait()
    room.ask_outside()
    room.begin_with_a_few(by[ALDER])
    for skill in room.framework.of_module(_CONFIRMED):
        confirm_skill(
            by=viewers[HUB_LEAD],
            at=at(working_day(since + timedelta(days=14)), 11),
            organisation=places[HUB],
            skill=skill.key,
            digest=description_digest(skill),
            words="trains practices in their clinical systems",
        )


@dataclass(frozen=True, slots=True)
class _Room:
    viewers: Mapping[str, Viewer]
    place: OrganisationId
    staff: Staff
    framework: Framework
    today: date

    def name_assessors(self, manager: Viewer, since: date) -> None:
        """The manager names who may sign for what, as the framework begins."""
        named = {(one.assessor, skill) for one in _SHOWN for skill in one.skills}
        everyday = {
            (assessor, skill.key)
            for _, assessor, family in _EVERYBODY
            for key in _KEPT
            for skill in self.framework.of_module(key)
            if skill.expects.get(family) in {Level.CAN, Level.TEACH}
        }
        for email, skill in sorted({*named, *everyday, (_HELEN, _TOO_EARLY), (_JOANNE, "missing-results")}):
            name_assessor(
                by=manager,
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
            used = systems_for(self.place, skill, day)
            where = [one for one in used if skill.systems or one.code == _CORE]
            logged = logged_by(self._person(one.who), skill.key) if skill.times else ()
            shown = tuple(each.record for each in logged)
            signing = Signing(Level.CAN, how, skill.look_for, words, None, where[0] if where else None, shown)
            sign(by=self.viewers[one.assessor], at=at(day, 16), ask=ask, signing=signing)

    def everyday(self) -> None:
        """What most people were seen doing as the year went by: those who begin the day, and the day's common tasks."""
        modules = [one for one in _KEPT if one not in {"record-documents", "record-coding"}]
        shown = {(one.who, skill) for one in _SHOWN for skill in one.skills}
        for number, (email, assessor, family) in enumerate(_EVERYBODY):
            for at_, skill in enumerate(one for key in modules for one in self.framework.of_module(key)):
                level = skill.expects.get(family)
                day = working_day(ago(f"{2 + (number + at_) % 8}m", self.today))
                if level is Level.AWARE:
                    said = Said(int(Level.AWARE), Level.AWARE)
                    rate(by=self.viewers[email], at=at(day, 12), organisation=self.place, skill=skill.key, said=said)
                elif level and not skill.times and (email, skill.key) not in shown and (number + at_) % 3:
                    self.show(_Showing(email, assessor, f"{2 + (number + at_) % 8}m", (skill.key,)), number)

    def begin_with_a_few(self, manager: Viewer) -> None:
        """The manager saw that 142 at once were too many, and keeps the modules that matter most."""
        day = working_day(ago("6w", self.today))
        now = version_gone_by(Scope(frozenset({self.place})), self.place, day)
        if now is None:
            raise ValueError("no framework is followed")
        choose_modules(
            by=manager,
            at=at(day, 16),
            organisation=self.place,
            version=now.id,
            modules=_KEPT,
            reason="Everything at once was too much. We begin with what patients notice first.",
            starts_on=day,
        )

    def change_a_word(self) -> None:
        """Aisha says something else of a skill that was signed for: the signature is not carried over."""
        said = Said(int(Level.TEACH), Level.TEACH, "I have shown two new colleagues since.")
        day = working_day(ago("3w", self.today))
        rate(by=self.viewers[_AISHA], at=at(day, 12), organisation=self.place, skill=_CHANGED, said=said)

    def wait(self) -> None:
        """One answer was “not yet”, and one question waits."""
        day = working_day(ago("2w", self.today))
        (early,) = self._skills((_TOO_EARLY,))
        ask = self._ask(_SANDRA, _HELEN, early, day, "I have hidden three entries since, and asked nobody.")
        words = "Practise finding what is about other people in letters from social care, then show me again."
        not_yet(by=self.viewers[_HELEN], at=at(day, 17), ask=ask, words=words)
        for number in range(_LOGGED):
            self._log(_SANDRA, _LETTERS, "Dr Helen Marsh", 2 * _LOGGED - 2 * number + 2)
        (requests,) = self._skills((_REQUESTS,))
        for at_, email in enumerate(_AT_THE_DESK):
            for number in range(requests.times):
                self._log(email, _REQUESTS, "Karen Doyle", 60 - number)
            self.show(_Showing(email, _KAREN, "6w", (_REQUESTS,)), at_)
        (missing,) = self._skills(("missing-results",))
        words = "We have a new laboratory. Please watch how I do it with theirs."
        self._ask(_AISHA, _JOANNE, missing, working_day(ago("1w", self.today)), words)

    def ask_outside(self) -> None:
        """Somebody at another practice was invited by a link, saw it on a visit, and signed."""
        (skill,) = self._skills((_BY_ONESELF,))
        day = working_day(ago("5w", self.today))
        said = Said(int(Level.CAN), Level.CAN)
        rate(by=self.viewers[_AISHA], at=at(day, 12), organisation=self.place, skill=skill.key, said=said)
        word = "an invitation of the demonstration"
        invite_assessor(
            by=self.viewers[_AISHA],
            at=at(day, 13),
            organisation=self.place,
            skill=skill.key,
            name="Rosa Marlow",
            work="Lead nurse at Elm Grove Surgery",
            email="rosa.marlow@elm.example",
            link_sha256=sha256(word.encode()).hexdigest(),
        )
        how = next(way for way in skill.shown if way is not Shown.LOGGED)
        seen = Signing(Level.CAN, how, skill.look_for, "Sat with her for a morning clinic.", None)
        outside = system_account("Rosa Marlow, Lead nurse at Elm Grove Surgery")
        sign_invited(by=outside, at=at(day + timedelta(days=6), 12), token=word, signing=seen)

    def _log(self, who: str, skill: str, supervisor: str, days: int) -> None:
        """Somebody did it under somebody’s eyes, so many days ago."""
        on = working_day(ago(f"{days}d", self.today))
        viewer = self.viewers[who]
        log_procedure(by=viewer, at=at(on, 16), organisation=self.place, skill=skill, on=on, supervisor=supervisor)

    def _ask(self, who: str, assessor: str, skill: Skill, day: date, words: str = "") -> AskId:
        said = Said(int(Level.CAN), Level.CAN, words)
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
