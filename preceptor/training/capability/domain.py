"""The questionnaire, what one person answered, and the figures of a group. Frozen values and functions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Final

from preceptor.foundation.disclosure import FEWEST

HIGHEST: Final = 10
AGREES: Final = 4  # of 1 to 5: agree, and strongly agree
WIDE: Final = 2  # needing this much more than now is worth a suggestion

SCALE: Final[Mapping[int, str]] = {0: "0, beginner", HIGHEST: "10, very confident"}
AGREEMENT: Final[Mapping[int, str]] = {
    1: "Strongly disagree",
    2: "Disagree",
    3: "Neither agree nor disagree",
    4: "Agree",
    5: "Strongly agree",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement about oneself, and what to try when one needs to be surer. `skills`: one's skills may help too."""

    key: str
    says: str
    suggests: str = ""
    skills: bool = False


@dataclass(frozen=True, slots=True)
class Domain:
    """Statements that belong together."""

    key: str
    name: str
    about: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of the questionnaire: domains scored 0 to 10 twice, and attitudes agreed with from 1 to 5."""

    version: int
    source: str
    source_checked_on: date
    verified: bool
    domains: tuple[Domain, ...]
    attitudes: Domain

    @property
    def parts(self) -> tuple[Domain, ...]:
        """Everything there is to answer, in order."""
        return (*self.domains, self.attitudes)


@dataclass(frozen=True, slots=True)
class Score:
    """Where somebody is with one statement, and where they need to be: 0 to 10."""

    now: int
    need: int

    @property
    def gap(self) -> int:
        """How much surer they need to be; never below nothing."""
        return max(0, self.need - self.now)


@dataclass(frozen=True, slots=True)
class Answers:
    """The last word on each part: scores by domain and statement, and attitudes by statement."""

    scores: Mapping[str, Mapping[str, Score]]
    attitudes: Mapping[str, int]

    def is_whole(self, questionnaire: Questionnaire) -> bool:
        """Is every statement answered?"""
        asked = {one.key: {each.key for each in one.statements} for one in questionnaire.domains}
        return {key: set(given) for key, given in self.scores.items() if key in asked} == asked and set(
            self.attitudes
        ) == {one.key for one in questionnaire.attitudes.statements}


@dataclass(frozen=True, slots=True)
class Mean:
    """The means of one domain."""

    now: float
    need: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A statement with a wide gap, and what to try."""

    statement: Statement
    domain: Domain
    score: Score


def mean_of(scores: Collection[Score]) -> Mean | None:
    """The means of some scores; None of none."""
    if not scores:
        return None
    return Mean(fmean(one.now for one in scores), fmean(one.need for one in scores))


def suggestions(questionnaire: Questionnaire, answers: Answers) -> list[Suggestion]:
    """What to learn next, the widest gap first; nothing where somebody is nearly where they need to be."""
    found = [
        Suggestion(statement, domain, score)
        for domain in questionnaire.domains
        for statement in domain.statements
        if (score := answers.scores.get(domain.key, {}).get(statement.key)) and score.gap >= WIDE
    ]
    return sorted(found, key=lambda one: -one.score.gap)


@dataclass(frozen=True, slots=True)
class Figures:
    """A group of at least five people: means by domain, how many have a wide gap there, and who agrees."""

    people: int
    means: Mapping[str, Mean]
    wide: Mapping[str, int]
    agree: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of everybody and of each group that may be shown; None of everybody below five."""

    everybody: Figures | None
    groups: Mapping[str, Figures]


def figures(questionnaire: Questionnaire, answered: Sequence[Answers]) -> Figures | None:
    """The figures of some people's whole answers; None of fewer than five."""
    if len(answered) < FEWEST:
        return None
    means, wide = {}, {}
    for domain in questionnaire.domains:
        each = [list(one.scores[domain.key].values()) for one in answered]
        mean = mean_of([score for scores in each for score in scores])
        if mean:
            means[domain.key] = mean
        wide[domain.key] = sum(any(score.gap >= WIDE for score in scores) for scores in each)
    agree = {
        one.key: sum(given.attitudes[one.key] >= AGREES for given in answered)
        for one in questionnaire.attitudes.statements
    }
    return Figures(len(answered), means, wide, agree)


def report(questionnaire: Questionnaire, answered: Iterable[tuple[str, Answers]]) -> Report:
    """The figures of everybody and by group, from each person's group and whole answers.

    When the groups below five make up fewer than five people together, no group is shown: theirs would be what is left.
    """
    by_group: dict[str, list[Answers]] = {}
    for group, one in answered:
        by_group.setdefault(group, []).append(one)
    everybody = figures(questionnaire, [one for some in by_group.values() for one in some])
    hidden = sum(len(some) for some in by_group.values() if len(some) < FEWEST)
    if everybody is None or 0 < hidden < FEWEST:
        return Report(everybody, {})
    shown = {group: found for group, some in by_group.items() if (found := figures(questionnaire, some))}
    return Report(everybody, shown)


def across(places: Iterable[Sequence[tuple[str, Answers]]]) -> list[tuple[str, Answers]]:
    """What may be counted of several places together: of those alone where five people or more answered.

    A place below five would be what is left when the others' figures are taken away.
    """
    return [one for place in places if len(place) >= FEWEST for one in place]
