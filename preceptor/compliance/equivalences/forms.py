"""Input about equivalences, turned into domain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from preceptor.compliance.records.domain.imports import Pick
from preceptor.compliance.subjects.domain import Equivalence, Named, NotAllowedError, SubjectCode, named_by
from preceptor.register.organisations.domain import OrganisationId
from preceptor.ui.forms import Choice, Form, LongText, Search, Text

_WHICH = "Choose a subject and level from the list"
LEAVE_OUT = "leave-out"


@dataclass(frozen=True, slots=True)
class Proposed:
    """An equivalence somebody means to approve: for whom, on whose word, and why."""

    equivalence: Equivalence
    owner: OrganisationId | None
    approved_by: str
    reason: str


class AddForm(Form[Proposed]):
    """What should count as what, where, and why. Places and subjects to choose from are given."""

    subject = Choice("A record of", hint="At this level or above", prompt="Choose", missing=_WHICH)
    counts_as = Choice("also counts as", prompt="Choose", missing=_WHICH)
    owner = Choice("Where should it hold?", hint="There, and at every place beneath it", missing="Say where it holds")
    approved_by = Text(
        "Who approved it?",
        hint="A person or a meeting. For example, Safeguarding lead",
        missing="Say who approved it",
        max_length=200,
    )
    reason = LongText(
        "Why does it count?",
        hint="For example, the course covers the same outcomes",
        missing="Say why",
        max_length=1000,
    )

    def __init__(
        self, *args: Any, subjects: Iterable[tuple[str, str]], places: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offered = list(subjects)
        for name, lines in (("subject", offered), ("counts_as", offered), ("owner", list(places))):
            field = self.fields[name]
            if isinstance(field, Choice):
                field.offer(lines)

    def clean(self) -> dict[str, Any]:
        """Refuses a subject that would count as itself."""
        given = super().clean() or {}
        if given.get("subject") and given.get("counts_as"):
            try:
                given["equivalence"] = _equivalence(given["subject"], given["counts_as"])
            except NotAllowedError as refused:
                self.add_error("counts_as", str(refused))
        return given

    def build(self) -> Proposed:
        """The equivalence to approve."""
        given = self.cleaned_data
        owner = OrganisationId(UUID(given["owner"])) if given["owner"] != "everywhere" else None
        return Proposed(given["equivalence"], owner, given["approved_by"], given["reason"])


def _equivalence(subject: str, counts_as: str) -> Equivalence:
    one, other = named_by(subject), named_by(counts_as)
    return Equivalence(SubjectCode(one.subject), one.level, SubjectCode(other.subject), other.level)


class EndForm(Form[str]):
    """Why an equivalence ends."""

    reason = LongText("Why should it no longer count?", missing="Say why it should no longer count", max_length=1000)

    def build(self) -> str:
        """The reason."""
        return str(self.cleaned_data["reason"])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which equivalences somebody wants to see."""

    words: str = ""
    where: str = ""


class FilterForm(Form[Wanted]):
    """The filters of the table; both may be empty."""

    words = Search("Subject, approver or reason", required=False)
    where = Choice(
        "Holds",
        choices=[
            ("", "Anywhere"),
            ("everywhere", "Everywhere, from the catalogue"),
            ("ours", "Here, approved by a lead"),
        ],
        required=False,
    )

    def build(self) -> Wanted:
        """What was asked for."""
        return Wanted(self.cleaned_data["words"].strip(), self.cleaned_data["where"])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name means: a subject and level, or nothing that is kept here."""

    pick: Pick
    means: Named | None = None


class AnswerForm(Form[Answer]):
    """What a name in a practice's file means."""

    means = Choice("What is it?", prompt="Choose", missing="Choose what it is, or that it is left out")

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["means"]
        if isinstance(field, Choice):
            field.offer([(LEAVE_OUT, "Nothing we keep records of: leave it out"), *offered])

    def build(self) -> Answer:
        """The answer."""
        chosen = self.cleaned_data["means"]
        return Answer(Pick.LEAVE_OUT) if chosen == LEAVE_OUT else Answer(Pick.SUBJECT, named_by(chosen))
