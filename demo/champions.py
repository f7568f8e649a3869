"""Digital champions: who helps with what, what was asked and answered, and the one who leaves in five weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from preceptor.foundation.access import Scope, Viewer
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.champions.actions import (
    accept_offer,
    add_champion,
    answer_question,
    ask_champion,
    call_for_champions,
    change_champion,
    log_help,
    mark_solved,
    offer,
    say_step,
)
from preceptor.training.champions.domain.helping import Helping
from preceptor.training.champions.domain.register import Covering
from preceptor.training.champions.queries import champion_at
from preceptor.training.skills.actions import ask_colleague, name_assessor, rate, sign
from preceptor.training.skills.domain import Level, Shown
from preceptor.training.skills.domain.signing import Said, Signing
from preceptor.training.skills.queries import framework_of, named_at, systems_for, version_gone_by

from .people import Staff
from .spans import ago, at, working_day

ALDER, BIRCH, NETWORK = "A81001", "A81002", "U81001"
_ELLIOT, _FARIDA = "elliot.grant@alder.example", "farida.yusuf@alder.example"
_LORNA, _SAMIR = "lorna.blake@birch.example", "samir.patel@riverside.example"
_TOMASZ, _PRIYA, _AISHA = "tomasz.nowak@alder.example", "priya.shah@alder.example", "aisha.rahman@alder.example"
_HELEN = "helen.marsh@alder.example"
_SANDRA, _CHLOE, _KAREN = "sandra.hughes@alder.example", "chloe.dunn@alder.example", "karen.doyle@alder.example"

_EMIS, _DOCMAN, _ACCURX = "system:emis-web", "system:docman", "system:accurx"
_MESSAGING, _BOOKING, _CONSULTING = "service:messaging", "service:online-booking", "service:online-consultation"
_SMARTCARDS, _SHEETS, _PATIENTS = "topic:smartcards", "topic:spreadsheets", "topic:helping-patients"


@dataclass(frozen=True, slots=True)
class _Helped:
    """Help of so long ago: by whom, whom (nobody in particular if empty), with what, and how sure they felt."""

    when: str
    by: str
    whom: str
    topic: str
    minutes: int
    before: int | None = None
    after: int | None = None
    is_solved: bool = True


_HELP: Final = (
    _Helped("10m", _ELLIOT, _TOMASZ, _DOCMAN, 10, 2, 4),
    _Helped("9m", _ELLIOT, _SANDRA, _DOCMAN, 30, 2, 3),
    _Helped("8m", _ELLIOT, _AISHA, _SHEETS, 15),
    _Helped("6m", _ELLIOT, "", _SMARTCARDS, 5),
    _Helped("5m", _ELLIOT, _PRIYA, _EMIS, 10, 3, 4),
    _Helped("11w", _FARIDA, _TOMASZ, _CONSULTING, 15, 2, 4),
    _Helped("10w", _ELLIOT, _CHLOE, _EMIS, 10),
    _Helped("9w", _FARIDA, "", _PATIENTS, 30),
    _Helped("7w", _ELLIOT, _SANDRA, _DOCMAN, 60, is_solved=False),
    _Helped("6w", _FARIDA, _PRIYA, _MESSAGING, 10, 3, 5),
    _Helped("5w", _ELLIOT, "", _SMARTCARDS, 10),
    _Helped("4w", _FARIDA, _KAREN, _CONSULTING, 30, 3, 4),
    _Helped("3w", _ELLIOT, _AISHA, _EMIS, 30),
    _Helped("2w", _FARIDA, _TOMASZ, _CONSULTING, 15),
    _Helped("1w", _ELLIOT, "", _DOCMAN, 15),
)


@dataclass(frozen=True, slots=True)
class _Thread:
    """A question of so long ago, whether it is shared, and the answer."""

    when: str
    asker: str
    topic: str
    words: str
    by: str = ""
    answer: str = ""
    is_shared: bool = True
    is_solved: bool = True


_THREADS: Final = (
    _Thread(
        "8m",
        _SANDRA,
        _DOCMAN,
        "A letter came in twice. How do I join the two without losing the note on one of them?",
        _ELLIOT,
        "Open the one with the note, choose the other from its history, and file both against that one. The note stays "
        "with it. Never delete the second: it is the proof of when it came.",
    ),
    _Thread(
        "5m",
        _TOMASZ,
        _SMARTCARDS,
        "My smartcard says it is blocked after I typed the wrong number. Who unblocks it?",
        _ELLIOT,
        "Karen and Ruth can, in two minutes, if you have the card with you. Nobody else, and not by telephone.",
    ),
    _Thread(
        "10w",
        _PRIYA,
        _MESSAGING,
        "How do I stop a batch message once it has begun to go out?",
        _FARIDA,
        "Open the list of sent batches and choose stop. What has gone has gone: note how many, and tell Karen. Always "
        "send the first to the test patient.",
    ),
    _Thread(
        "6w",
        _CHLOE,
        _EMIS,
        "Why do I not see the template for blood pressure on my screen?",
        _ELLIOT,
        "It is on the list of the whole practice but not on your own. Open all templates, and mark it with the star.",
        is_solved=False,
    ),
    _Thread(
        "3d", _AISHA, _EMIS, "I cannot find where recalls of last year went. Am I doing it wrong?", is_shared=False
    ),
)


def help_each_other(
    by: Mapping[str, Viewer],
    viewers: Mapping[str, Viewer],
    places: Mapping[str, OrganisationId],
    staff: Staff,
    today: date,
) -> None:
    """Makes champions at three places, lets them help and answer, and one of them leave."""
    room = _Room(by, viewers, places, staff, today)
    room.begin()
    for one in sorted(_HELP, key=lambda one: ago(one.when, today)):
        room.help(one)
    for thread in sorted(_THREADS, key=lambda one: ago(one.when, today)):
        room.ask(thread)
    room.leave()
    room.teach()


@dataclass(frozen=True, slots=True)
class _Room:
    by: Mapping[str, Viewer]
    viewers: Mapping[str, Viewer]
    places: Mapping[str, OrganisationId]
    staff: Staff
    today: date

    def begin(self) -> None:
        """Elliot was asked, Farida answered a call, and two at other places share their name."""
        self._add(_ELLIOT, ALDER, "11m", Covering((_EMIS, _DOCMAN, _SMARTCARDS, _SHEETS), 90, shares_name=True))
        self._add(_LORNA, BIRCH, "8m", Covering((_ACCURX, _BOOKING), 60, shares_name=True))
        self._add(_SAMIR, NETWORK, "7m", Covering(("service:e-prescriptions",), 60, shares_name=True))
        day, alder = self._day("13w"), self.places[ALDER]
        call_for_champions(
            by=self.by[ALDER],
            at=at(day, 10),
            organisation=alder,
            words="We look for somebody at reception who likes helping patients online. An hour a week, in the rota.",
            topics=(_CONSULTING, _PATIENTS),
            closes_on=day + timedelta(days=21),
        )
        covering = Covering((_CONSULTING, _MESSAGING, _PATIENTS), 60, shares_name=True)
        offered = offer(
            by=self.viewers[_FARIDA],
            at=at(day + timedelta(days=1), 11),
            organisation=alder,
            covering=covering,
            words="I do this with patients at the desk every day.",
        )
        accept_offer(
            by=self.by[ALDER],
            at=at(day + timedelta(days=3), 9),
            organisation=alder,
            offer=offered,
            covering=covering,
            starts_on=day + timedelta(days=3),
        )
        for step, when in (("agree-the-time", "11m"), ("say-you-are-there", "10m"), ("know-the-limits", "9m")):
            moment = at(self._day(when), 15)
            say_step(by=self.viewers[_ELLIOT], at=moment, organisation=alder, step=step)

    def help(self, one: _Helped) -> None:
        """Help at the desk."""
        person = self.staff.people[one.whom] if one.whom else None
        helping = Helping(one.topic, one.minutes, one.is_solved, person, one.before, one.after)
        moment = at(self._day(one.when), 14)
        log_help(by=self.viewers[one.by], at=moment, organisation=self.places[ALDER], helping=helping)

    def ask(self, one: _Thread) -> None:
        """A question, and what came of it."""
        day, asker = self._day(one.when), self.viewers[one.asker]
        question = ask_champion(
            by=asker,
            at=at(day, 11),
            organisation=self.places[ALDER],
            topic=one.topic,
            words=one.words,
            is_shared=one.is_shared,
        )
        if one.answer:
            answer_question(by=self.viewers[one.by], at=at(day, 13), question=question, words=one.answer)
        if one.answer and one.is_solved:
            mark_solved(by=asker, at=at(day, 16), question=question)

    def leave(self) -> None:
        """Elliot moves away in five weeks; Priya offers to help."""
        day, alder = self._day("1w"), self.places[ALDER]
        elliot = champion_at(Scope(frozenset({alder})), alder, self.staff.people[_ELLIOT], day)
        if elliot is None:
            raise ValueError("Elliot is no champion")
        covering = Covering((_EMIS, _DOCMAN, _SMARTCARDS, _SHEETS), 90, shares_name=True)
        change_champion(
            by=self.by[ALDER],
            at=at(day, 12),
            organisation=alder,
            champion=elliot.id,
            covering=covering,
            ends_on=ago("+35d", self.today),
        )
        offer(
            by=self.viewers[_PRIYA],
            at=at(self._day("2d"), 12),
            organisation=alder,
            covering=replace(covering, topics=(_DOCMAN, _SMARTCARDS), minutes_a_week=60, shares_name=False),
            words="Elliot has shown me most of it.",
        )

    def teach(self) -> None:
        """Karen showed that she can teach two skills of the clinical system: she could be the next champion."""
        day, alder = self._day("3w"), self.places[ALDER]
        version = version_gone_by(Scope(frozenset({alder})), alder, day)
        if version is None:
            raise ValueError("Alder follows no framework of skills")
        helen = self.staff.people[_HELEN]
        for key in ("same-day-urgent", "cancel-and-rebook"):
            skill = framework_of(version.id).skill(key)
            if skill is None:
                raise ValueError(f"the framework has no skill “{key}”")
            if all(one.person != helen for one in named_at(alder, key)):
                name_assessor(
                    by=self.by[ALDER], at=at(day, 9), organisation=alder, person=helen, skill=key, reason="Shows others"
                )
            rate(by=self.viewers[_KAREN], at=at(day, 10), organisation=alder, skill=key, said=Said(3, Level.TEACH))
            asked = ask_colleague(
                by=self.viewers[_KAREN], at=at(day, 11), organisation=alder, skill=key, assessor=helen
            )
            words = "Showed two colleagues while I listened, and caught what they missed."
            where = next((one for one in systems_for(alder, skill, day) if one.code == "emis-web"), None)
            signing = Signing(Level.TEACH, Shown.OBSERVED, skill.look_for, words, None, where)
            sign(by=self.viewers[_HELEN], at=at(day, 16), ask=asked, signing=signing)

    def _add(self, email: str, code: str, since: str, covering: Covering) -> None:
        day = self._day(since)
        add_champion(
            by=self.by[code],
            at=at(day, 9),
            organisation=self.places[code],
            person=self.staff.people[email],
            covering=covering,
            starts_on=day,
        )

    def _day(self, when: str) -> date:
        return working_day(ago(when, self.today))
