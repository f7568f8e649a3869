"""What the pages about records show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from preceptor.ui.forms import Form
from preceptor.ui.pages import Page

from .domain import Effect
from .domain.imports import Plan


@dataclass(frozen=True, slots=True)
class FileShown:
    """A certificate on a page: what it is called, what it is, where it is, and whether it can be shown here."""

    name: str
    description: str
    href: str
    is_picture: bool


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record in a list."""

    title: str
    on: date
    details: str
    state: str
    word: str
    reason: str
    href: str
    certificate: FileShown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsPage(Page):
    """A person's records: those that wait, those that count, and those that do not."""

    template: ClassVar[str] = "records/records.jinja"

    own: bool
    waiting: tuple[RecordRow, ...]
    counting: tuple[RecordRow, ...]
    others: tuple[RecordRow, ...]
    add_href: str
    deciders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a record."""

    on: date
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a record says, with its name."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage(Page):
    """One record: what was done, how it is known, and everything that happened to it since."""

    template: ClassVar[str] = "records/record.jinja"

    person: str
    own: bool
    state: str
    word: str
    facts: tuple[Fact, ...]
    certificate: FileShown | None
    history: tuple[HistoryLine, ...]
    review_href: str
    correct_href: str
    withdraw_href: str
    take_back_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRecordPage(Page):
    """The form for something a person has done."""

    template: ClassVar[str] = "records/add.jinja"

    form: Form[object]
    lead: str
    button: str
    cancel_href: str
    next: str
    own: bool
    held: str = ""
    held_name: str = ""
    attached: FileShown | None = None
    may_check: bool = False
    checked: bool = False
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One record that waits for a decision."""

    person: str
    title: str
    on: date
    details: str
    href: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage(Page):
    """The records of a practice's people that wait for a decision."""

    template: ClassVar[str] = "records/waiting.jinja"

    place: str
    rows: tuple[WaitingRow, ...]
    import_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(Page):
    """One record to accept or refuse."""

    template: ClassVar[str] = "records/review.jinja"

    person: str
    facts: tuple[Fact, ...]
    certificate: FileShown | None
    effects: tuple[Effect, ...]
    form: Form[str]
    next: str
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPage(Page):
    """The question why a record is taken back."""

    template: ClassVar[str] = "records/withdraw.jinja"

    person: str
    record: str
    form: Form[str]
    next: str
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackPage(Page):
    """Taking back what one sent, while nobody has decided."""

    template: ClassVar[str] = "records/take_back.jinja"

    record: str
    next: str
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage(Page):
    """The question which file of past training to bring."""

    template: ClassVar[str] = "records/import_file.jinja"

    place: str
    form: Form[object]
    columns: tuple[Fact, ...]
    kinds: tuple[str, ...]
    names_href: str
    next: str
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCheckPage(Page):
    """What a file would add, before anything is saved. `changed` says what is new since the person last looked."""

    template: ClassVar[str] = "records/import_check.jinja"

    place: str
    file_name: str
    plan: Plan
    people_count: int
    waiting_count: int
    left_count: int
    token: str
    next: str
    again_href: str
    names_form: Form[object] | None
    names_href: str
    changed: str = ""


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name from files and what it means at a place, with who said so and when."""

    words: str
    means: str
    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesPage(Page):
    """What names in a place's files mean there."""

    template: ClassVar[str] = "records/names.jinja"

    place: str
    rows: tuple[NameRow, ...]
