"""What has been answered so far: a version in the making, as a value and as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast

import msgspec

from preceptor.compliance.requirements.domain.audience import Audience, read_audience, written_audience
from preceptor.compliance.requirements.domain.criteria import Criterion, read_criterion, written_criterion
from preceptor.compliance.requirements.domain.decisions import Called, Cited, Decision, Otherwise
from preceptor.compliance.requirements.domain.examples import RuleExample
from preceptor.compliance.requirements.domain.loading import Said
from preceptor.compliance.requirements.domain.reading import Json
from preceptor.compliance.requirements.domain.transitions import Transition, read_transition, written_transition
from preceptor.compliance.requirements.domain.versions import NOTICE_DAYS, RETURN_DAYS, Version, written_version

from .questions import ASKED, JUDGED, Question


@dataclass(frozen=True, slots=True)
class Answers:
    """A rule as far as it has been said.

    `called` is asked of a new requirement alone; `answered` are the questions somebody has saved, for a default is no
    answer.
    """

    called: Called | None = None
    audience: Audience | None = None
    met_by: Criterion | None = None
    first_due_days: int | None = None
    notice_days: int = NOTICE_DAYS
    return_days: int = RETURN_DAYS
    starts_on: date | None = None
    ends_on: date | None = None
    transition: Transition | None = None
    decision: Decision | None = None
    citations: tuple[Cited, ...] = ()
    others: tuple[Otherwise, ...] = ()
    answered: frozenset[Question] = frozenset()

    @property
    def missing(self) -> tuple[Question, ...]:
        """The questions that are still to be answered before publishing."""
        return tuple(question for question in ASKED if question not in self.answered)

    @property
    def version(self) -> Version | None:
        """The version these answers make; None while there are too few."""
        if self.audience is None or self.met_by is None or self.starts_on is None:
            return None
        if not self.answered.issuperset(JUDGED):
            return None
        return Version(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            audience=self.audience,
            met_by=self.met_by,
            first_due_days=self.first_due_days,
            notice_days=self.notice_days,
            return_days=self.return_days,
            transition=self.transition,
        )

    def saying(self, question: Question) -> Answers:
        """The same with a question answered."""
        return replace(self, answered=self.answered | {question})

    def asking_again(self, question: Question) -> Answers:
        """The same with a question to be answered again."""
        return replace(self, answered=self.answered - {question})


# What a further version has to say for itself: who decided it, and how it takes over.
_ANEW: Final = frozenset({Question.WHAT, Question.OVER})


def answers_from(said: Said) -> Answers:
    """The answers a further version begins with: what the latest one says, but for the decision and the taking over."""
    rule = said.rule
    return Answers(
        audience=rule.audience,
        met_by=rule.met_by,
        first_due_days=rule.first_due_days,
        notice_days=rule.notice_days,
        return_days=rule.return_days,
        decision=Decision(
            said.decision.basis,
            said.decision.rationale,
            minutes=said.decision.minutes,
            minutes_verified=said.decision.minutes_verified,
            verified=said.decision.verified,
        ),
        citations=said.citations,
        others=said.alternatives,
        answered=frozenset(ASKED) - _ANEW,
    )


def answers_like(example: RuleExample) -> Answers:
    """The answers a new requirement begins with when it is to be like an example: the rule, and nothing of the why."""
    return Answers(
        audience=example.audience,
        met_by=example.met_by,
        first_due_days=example.first_due_days,
        answered=frozenset(ASKED) - _ANEW,
    )


def written_answers(answers: Answers) -> dict[str, Json]:
    """The plain JSON that `read_answers` reads as these answers; the rule is in the shape of standing.md, section 9."""
    rule: dict[str, Json] = {
        "first_due_days": answers.first_due_days,
        "notice_days": answers.notice_days,
        "return_days": answers.return_days,
    }
    if answers.starts_on is not None:
        rule["from"] = answers.starts_on.isoformat()
    if answers.ends_on is not None:
        rule["to"] = answers.ends_on.isoformat()
    if answers.audience is not None:
        rule["audience"] = written_audience(answers.audience)
    if answers.met_by is not None:
        rule["met_by"] = written_criterion(answers.met_by)
    if answers.transition is not None:
        rule["transition"] = written_transition(answers.transition)
    return {
        "called": cast("Json", msgspec.to_builtins(answers.called)),
        "rule": rule,
        "decision": cast("Json", msgspec.to_builtins(answers.decision)),
        "citations": cast("Json", msgspec.to_builtins(list(answers.citations))),
        "alternatives": cast("Json", msgspec.to_builtins(list(answers.others))),
        "answered": [question.value for question in Question if question in answers.answered],
    }


def read_answers(value: Mapping[str, object]) -> Answers:
    """The answers that were written as this JSON."""
    rule = cast("dict[str, object]", value.get("rule") or {})
    called, decision = value.get("called"), value.get("decision")
    others = cast("list[dict[str, object]]", value.get("alternatives") or [])
    return Answers(
        called=msgspec.convert(called, Called) if called else None,
        audience=read_audience(rule["audience"]) if "audience" in rule else None,
        met_by=read_criterion(rule["met_by"]) if "met_by" in rule else None,
        first_due_days=cast("int | None", rule.get("first_due_days")),
        notice_days=cast("int", rule.get("notice_days", NOTICE_DAYS)),
        return_days=cast("int", rule.get("return_days", RETURN_DAYS)),
        starts_on=_day(rule.get("from")),
        ends_on=_day(rule.get("to")),
        transition=read_transition(rule["transition"]) if "transition" in rule else None,
        decision=msgspec.convert(decision, Decision) if decision else None,
        citations=msgspec.convert(value.get("citations") or [], tuple[Cited, ...]),
        others=tuple(Otherwise(**one) for one in others),  # type: ignore[arg-type] # as it was written
        answered=frozenset(Question(one) for one in cast("list[str]", value.get("answered") or [])),
    )


def rule_of(version: Version) -> dict[str, Json]:
    """A version as publishing takes it."""
    said = written_version(version)
    del said["published_at"]
    return said


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
