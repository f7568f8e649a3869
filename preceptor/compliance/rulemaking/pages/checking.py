"""All answers of a draft beside what they were, and what publishing would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final, TypeAlias

from django.urls import reverse

from preceptor.compliance.requirements.domain.criteria import Achieved, Criterion
from preceptor.compliance.requirements.domain.decisions import FORCE_NAMES, Cited, Decision
from preceptor.compliance.requirements.domain.looser import Looser
from preceptor.compliance.requirements.domain.telling import lead_sentence
from preceptor.compliance.requirements.domain.transitions import AtOnce, Transition
from preceptor.compliance.requirements.domain.wording import (
    audience_sentence,
    criterion_sentence,
    first_due_sentence,
    transition_sentence,
)
from preceptor.compliance.requirements.domain.words import Names
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day, inside, minutes

from ..domain.answers import Answers
from ..domain.asking import months_of
from ..domain.drafts import Draft
from ..domain.questions import ASKED, SHORT, Question
from ..forms import LegalForm
from .drafts import caption_of

_KEPT: Final = " You changed the rule and not the reason. Check that the reason and its sources still fit."

_Lines: TypeAlias = "dict[Question, tuple[str, ...]]"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question: what is answered, what it was before, and where to change it."""

    title: str
    lines: tuple[str, ...]
    was: str
    href: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """Check your answers."""

    template: ClassVar[str] = "rulemaking/check.jinja"

    caption: str
    lead: str
    rows: tuple[AnswerRow, ...]
    changes: str
    to_answer: tuple[Link, ...]
    is_new: bool
    dry_run_href: str
    sample_href: str
    discard_href: str
    address: str
    is_published: bool
    looser: Looser | None
    form: LegalForm
    revision: int


def check_page(
    code: str,
    draft: Draft,
    names: Names,
    sources: dict[str, str],
    changes: str,
    address: str,
    looser: Looser | None,
    form: LegalForm,
) -> CheckPage:
    """A draft read back; `looser` is where it asks for less of what a law asks."""
    version = draft.answers.version
    before = draft.latest
    old = Answers() if before is None else _old(draft)
    now = _lines(draft.answers, names, sources)
    was = _lines(old, names, sources) if before else {}
    kept = _KEPT if _keeps_its_reason(draft, old, now, was) else ""
    rows = []
    for question in ASKED:
        is_open = question not in draft.answers.answered
        lines = now[question]
        rows.append(
            AnswerRow(
                title=SHORT[question],
                lines=() if is_open and question is Question.OVER else lines,
                was=_was(question, lines, was.get(question, ()), is_new=before is None)
                + (kept if question is Question.WHAT else ""),
                href=f"{reverse('rulemaking:question', args=[code, draft.id, question.value])}?after=check",
                is_open=is_open,
            )
        )
    from_day = f"From {day(version.starts_on)}: " if version else ""
    lead = from_day + inside(lead_sentence(version, names)) if version else ""
    takes_over = transition_sentence(version.transition) if version and version.transition else ""
    home = reverse("rulemaking:drafts", args=[code])
    return CheckPage(
        title="Check your answers",
        back=Link("All drafts", home),
        caption=caption_of(draft),
        lead=f"{lead} {takes_over}".strip(),
        rows=tuple(rows),
        changes=changes,
        to_answer=tuple(Link(row.title, row.href) for row in rows if row.is_open),
        is_new=before is None,
        dry_run_href=reverse("rulemaking:dry-run", args=[code, draft.id]) if draft.change else "",
        sample_href=reverse("rulemaking:question", args=[code, draft.id, Question.SAMPLE.value])
        if draft.change
        else "",
        discard_href=reverse("rulemaking:discard", args=[code, draft.id]),
        address=address,
        is_published=draft.published is not None,
        looser=looser,
        form=form,
        revision=draft.revision,
    )


def _old(draft: Draft) -> Answers:
    """What the version before answers to the same questions."""
    latest = draft.latest
    if latest is None:
        return Answers()
    rule = latest.rule
    return Answers(
        audience=rule.audience,
        met_by=rule.met_by,
        first_due_days=rule.first_due_days,
        notice_days=rule.notice_days,
        return_days=rule.return_days,
        decision=latest.decision,
        citations=tuple(Cited(one.source.title, one.says, one.followed, one.clause) for one in latest.citations),
        answered=frozenset(ASKED),
    )


def _keeps_its_reason(draft: Draft, old: Answers, now: _Lines, was: _Lines) -> bool:
    """Does the rule ask for something else, and say the same why?"""
    decision = draft.answers.decision
    if decision is None or old.decision is None or decision.rationale != old.decision.rationale:
        return False
    return any(now[one] != was[one] for one in (Question.WHOM, Question.MET, Question.FIRST))


def _was(question: Question, now: tuple[str, ...], before: tuple[str, ...], *, is_new: bool) -> str:
    if is_new or question is Question.OVER:
        return ""
    gone = tuple(line for line in before if line not in now)
    if now == before:
        return "Not changed"
    said = " ".join(gone)
    return f"Was: {said if question is Question.WHAT else inside(said)}" if gone else "New"


def _lines(answers: Answers, names: Names, sources: dict[str, str]) -> _Lines:
    """Each answer in words."""
    said = answers.answered
    return {
        Question.WHAT: _what(answers, sources),
        Question.WHOM: (audience_sentence(answers.audience, names),) if answers.audience else (),
        Question.MET: (criterion_sentence(answers.met_by, names),) if answers.met_by else (),
        Question.FIRST: (first_due_sentence(answers.first_due_days),) if Question.FIRST in said else (),
        Question.AGAIN: _again(answers.met_by, names) if answers.met_by and Question.AGAIN in said else (),
        Question.EARLY: _early(answers) if Question.EARLY in said else (),
        Question.OVER: _over(answers),
    }


def _what(answers: Answers, sources: dict[str, str]) -> tuple[str, ...]:
    decision = answers.decision
    if decision is None:
        return ()
    called = [f"{answers.called.title}."] if answers.called else []
    cited = [
        f"{sources.get(one.source, one.source)}{f', {one.clause}' if one.clause else ''}." for one in answers.citations
    ]
    takes = [f"Takes {minutes(decision.minutes)}."] if decision.minutes is not None else []
    return (*called, f"{FORCE_NAMES[decision.basis]}: {decision.rationale}", *cited, *takes, *_decided(decision))


def _decided(decision: Decision) -> list[str]:
    decided = ", ".join(part for part in (decision.decided_by, day(decision.decided_on)) if part)
    found = [f"Decided by {decided}."] if decided else []
    return found + ([f"Review by {day(decision.review_by)}."] if decision.review_by else [])


def _again(criterion: Criterion, names: Names) -> tuple[str, ...]:
    leaves = [leaf for _, leaf in criterion.leaves() if leaf.subjects()]
    return tuple(
        (f"{names.subject(leaf.subjects()[0])}: " if len(leaves) > 1 else "") + _lasting(months_of(leaf))
        for leaf in leaves
    )


def _lasting(months: int | None) -> str:
    return "Once is enough." if months is None else f"It counts for {count(months, 'month')}."


def _early(answers: Answers) -> tuple[str, ...]:
    leaves = [leaf for _, leaf in answers.met_by.leaves()] if answers.met_by else []
    early = sorted({leaf.early_days for leaf in leaves if isinstance(leaf, Achieved) and leaf.early_days})
    said = [f"Early by up to {count(days, 'day')} loses nothing." for days in early]
    return (
        *said,
        f"Notice {count(answers.notice_days, 'day')}.",
        f"Back from leave: {count(answers.return_days, 'day')}.",
    )


def _over(answers: Answers) -> tuple[str, ...]:
    found = [f"From {day(answers.starts_on)}."] if answers.starts_on else []
    if answers.transition is not None:
        found.append(way_words(answers.transition))
    if answers.ends_on:
        found.append(f"Last day {day(answers.ends_on - timedelta(days=1))}.")
    return tuple(found)


def way_words(way: Transition) -> str:
    """A way to take over, as a sentence."""
    if isinstance(way, AtOnce) and not way.grace_days:
        return "For everyone at once."
    return transition_sentence(way)
