"""The catalogue as a page of the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..decisions import FORCE_NAMES
from ..examples import SHAPE_NAMES, RuleExample
from ..items import TrainingItem
from ..wording import audience_sentence, first_due_sentence
from ..words import Names, day_phrase, sentence, time_phrase
from .types import Catalogue, CatalogueRequirement, Conflict, Source

_OPENING: Final = """\
# The starter catalogue

This page is made from the files of `data/` (`python -m tests.architecture.test_catalogue` makes it again);
`data/README.md` says how they are written. There is no national list of mandatory training for general practice: each
practice decides, and may start from what is here. **Core** requirements are those nearly every practice starts with.

*Not verified* means that the rule rests on what practices are known to do and not on a document that was read.
*Verified* means that a document or page which says so was read on the day named, not that it was the official one.
“About” marks a length that is an estimate."""


def reference_page(catalogue: Catalogue) -> str:
    """Markdown that says every requirement in words, the questions on which sources differ, and every source."""
    names = catalogue.names()
    parts = [_OPENING, "## Where sources differ", *(_conflict(one, catalogue) for one in catalogue.conflicts)]
    parts.append("## Requirements")
    modules = {module.key for module in catalogue.curriculum.modules}
    for area in catalogue.areas:
        found = [one for one in catalogue.requirements if one.area == area.key and one.column not in modules]
        if found:
            parts += [f"### {area.name}", _table(_REQUIREMENTS, (_requirement(one, names) for one in found))]
    parts += ["## The clinical system, by family of roles", *_curriculum(catalogue)]
    parts += ["## Examples of rules", *(_example(one, catalogue, names) for one in catalogue.examples)]
    parts += ["## Additional roles", _ADDITIONAL_SAYS, _table(_ADDITIONAL, _additional(catalogue))]
    parts += ["## What toolkits ask for", _table(_ITEMS, (_item(one, catalogue) for one in catalogue.training_items))]
    parts += ["## Sources", _table(_SOURCES, (_source(source) for source in catalogue.sources))]
    return "\n\n".join(parts) + "\n"


_REQUIREMENTS: Final = ("Requirement", "Met by", "First due", "Takes", "Basis", "Review by", "Follows")
_ADDITIONAL: Final = ("Role", "Contract year", "Registration", "Training", "Supervision")
_ADDITIONAL_SAYS: Final = (
    "What the Network Contract DES of a contract year asks of the roles it pays for. "
    "Check the Annex B in force each April."
)
_ITEMS: Final = ("Item", "Asks for", "From", "Source", "Note")
_SOURCES: Final = ("Source", "Publisher", "Dated", "Force", "Checked on", "Register", "Note")


def _conflict(conflict: Conflict, catalogue: Catalogue) -> str:
    answers = "\n".join(
        f"- {answer.says} *{catalogue.source(answer.source).title}*{_mark(verified=answer.verified)}"
        for answer in conflict.answers
    )
    return f"**{conflict.question}** {conflict.handling}\n\n{answers}"


def _requirement(one: CatalogueRequirement, names: Names) -> tuple[str, ...]:
    rule = one.versions[-1].rule
    days = rule.first_due_days
    followed = dict.fromkeys(citation.source for citation in one.citations if citation.followed)
    return (
        f"**{one.title}**{' (core)' if one.core else ''}<br>`{one.key}`{_mark(verified=one.verified)}",
        sentence(rule.met_by.words(names)),
        "before starting" if days is None else "on the first day" if not days else f"within {days} days",
        f"{'' if one.minutes_verified else 'about '}{time_phrase(one.minutes)}",
        FORCE_NAMES[one.basis],
        day_phrase(one.review_by),
        ", ".join(f"`{source}`" for source in followed),
    )


def _example(one: RuleExample, catalogue: Catalogue, names: Names) -> str:
    who, how = audience_sentence(one.audience, names), sentence(one.met_by.words(names))
    from_ = catalogue.requirement(one.requirement).title
    changes = f" {one.changes}" if one.changes else ""
    rule = f"{who} {how} {first_due_sentence(one.first_due_days)}"
    return f"**{SHAPE_NAMES[one.shape]}: {one.title}.** {one.tells}\n\n> {rule}{changes} *From: {from_}.*"


def _additional(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    for role in catalogue.roles:
        terms = role.additional
        if terms is not None:
            name = f"{role.name}{_mark(verified=terms.verified)}"
            yield name, terms.contract_year, terms.registration or "none", terms.training, terms.supervision


def _item(one: TrainingItem, catalogue: Catalogue) -> tuple[str, ...]:
    subject = next(subject.name for subject in catalogue.subjects if subject.key == one.subject)
    return (
        f"{one.item}{_mark(verified=one.verified)}",
        f"{one.percent}% trained in {subject} in the last twelve months",
        day_phrase(one.starts_on),
        f"`{one.source}`",
        one.note,
    )


def _curriculum(catalogue: Catalogue) -> Iterator[str]:
    curriculum = catalogue.curriculum
    marks = "; ".join(f"{mark.mark} {mark.name.lower()}" for mark in curriculum.marks)
    asked = " and ".join(mark.mark for mark in curriculum.marks if mark.required)
    yield (
        f"{marks}. {asked} are requirements of their own; the others belong to the clinical system induction. "
        "No levels are agreed nationally, so all are unverified; a star marks topics that national guidance names."
    )
    heads = ("Module", *(family.name for family in curriculum.families), "Only with")
    yield _table(
        heads,
        (
            (
                f"{module.name}{'*' if module.named else ''}",
                *(module.marks.get(family.key, "–") for family in curriculum.families),
                module.service or module.system or "",
            )
            for module in curriculum.modules
        ),
    )


def _source(source: Source) -> tuple[str, ...]:
    title = f"[{source.title}]({source.link})" if source.link else source.title
    return (
        f"{title}<br>`{source.key}`",
        source.publisher,
        source.dated,
        FORCE_NAMES[source.legal_force],
        day_phrase(source.checked_on) if source.checked_on else "not read",
        source.register,
        source.note,
    )


def _mark(*, verified: bool) -> str:
    return "" if verified else " (not verified)"


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    first = tuple(heads)
    lines = [first, tuple("---" for _ in first), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
