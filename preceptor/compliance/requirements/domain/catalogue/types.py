"""What the catalogue holds: frozen values, each as its file says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..audience import Audience, written_audience
from ..criteria import Criterion, written_criterion
from ..decisions import Force
from ..examples import RuleExample
from ..items import TrainingItem
from ..reading import Json
from ..versions import Version
from ..words import Names


@dataclass(frozen=True, slots=True)
class Term:
    """A code with its name: an area, a staff group, a kind, a task, a state, a service."""

    key: str
    name: str
    note: str
    source: str | None
    verified: bool


@dataclass(frozen=True, slots=True)
class Area(Term):
    """A subject area. Whatever is learned in one marked `development` helps people grow: there is never too much."""

    development: bool


@dataclass(frozen=True, slots=True)
class System:
    """A clinical or supporting system; the supplier is None when nobody or nobody known supplies it alone."""

    key: str
    name: str
    supplier: str | None
    use: str
    note: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class AdditionalRole:
    """What the Network Contract DES of one contract year asks of a role."""

    contract_year: str
    registration: str
    training: str
    supervision: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Role:
    """A job role with its other names and the column stems of workforce statistics; `curriculum` is its family."""

    key: str
    name: str
    aliases: tuple[str, ...]
    staff_group: str
    stems: tuple[str, ...]
    curriculum: str | None
    additional: AdditionalRole | None
    note: str
    source: str
    verified: bool


class Scheme(StrEnum):
    """Where an alias is used: as a plain name, or as a component identifier of elearning for healthcare."""

    NAME = "name"
    ELFH = "elfh"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a subject."""

    level: int
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be learned, shown or logged. A subject without levels has level 1 alone, unnamed."""

    key: str
    name: str
    area: str
    levels: tuple[Level, ...]
    note: str
    development: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """A name, or an identifier of another scheme, under which imports bring a subject; level None when it says none."""

    scheme: Scheme
    text: str
    subject: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A record of one subject at a level or above also counts as another."""

    subject: str
    level: int
    counts_as: str
    counts_as_level: int
    source: str
    starts_on: date
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document or page relied on; `verified` says that it, or one that quotes it, was read on `checked_on`.

    `dated` is the document's own date, as exact as the document has it: a year, a month or a day.
    """

    key: str
    title: str
    publisher: str
    dated: str
    link: str
    checked_on: date | None
    legal_force: Force
    verified: bool
    register: str
    note: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What one source says about a requirement, in our words, and whether the requirement follows it."""

    source: str
    clause: str
    says: str
    followed: bool
    verified: bool


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another answer, with the parts of the rule it would change: None where it changes none or cannot be a rule."""

    says: str
    source: str
    verified: bool
    audience: Audience | None
    met_by: Criterion | None

    def rule(self) -> dict[str, Json] | None:
        """The parts of the rule it would change, as plain JSON; None when it cannot be said as a rule."""
        said: dict[str, Json] = {}
        if self.audience is not None:
            said["audience"] = written_audience(self.audience)
        if self.met_by is not None:
            said["met_by"] = written_criterion(self.met_by)
        return said or None


@dataclass(frozen=True, slots=True)
class DatedVersion:
    """A version of a rule and the remark that goes with it."""

    rule: Version
    note: str


@dataclass(frozen=True, slots=True)
class CatalogueRequirement:
    """A requirement to start from: its decision record and its versions.

    Requirements of one `column` are for different people and may share a column of the matrix. `core` marks what nearly
    every practice starts with. `source` is the one whose file it is in.
    """

    key: str
    title: str
    short: str
    column: str
    area: str
    core: bool
    basis: Force
    rationale: str
    note: str
    local_choice: str
    minutes: int
    minutes_verified: bool
    review_by: date
    verified: bool
    source: str
    citations: tuple[Citation, ...]
    alternatives: tuple[Alternative, ...]
    versions: tuple[DatedVersion, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question on which sources differ."""

    says: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question on which sources differ, and what the catalogue starts from."""

    key: str
    question: str
    answers: tuple[Answer, ...]
    handling: str
    requirements: tuple[str, ...]
    counted_beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """An integrated care board; its period is half-open, and more than one successor means its area was split."""

    ods: str
    ods_verified: bool
    ons: str
    name: str
    region: str | None
    starts_on: date
    ends_on: date | None
    successors: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Boards:
    """The integrated care boards and their regions."""

    regions: tuple[Term, ...]
    boards: tuple[Board, ...]
    sources: tuple[str, ...]

    def on(self, day: date) -> tuple[Board, ...]:
        """The boards that exist on a day."""
        return tuple(
            board for board in self.boards if board.starts_on <= day and (board.ends_on is None or day < board.ends_on)
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A level of the curriculum; only `required` ones become requirements."""

    mark: str
    level: int
    name: str
    required: bool
    kinds: tuple[str, ...]
    minutes: int
    first_due_days: int


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the clinical system, with the mark that each family of roles needs.

    `named` says that national guidance names the topic. With a service or system, only practices that have it need it.
    """

    key: str
    name: str
    content: str
    area: str
    named: bool
    service: str | None
    system: str | None
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Family:
    """Roles that need the same of the clinical system: the personal data they work with, and what systems they use.

    `uses` are the uses of systems, as `systems.yaml` names them.
    """

    key: str
    name: str
    data: str
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curriculum:
    """What each family of roles needs of the clinical system; `others` is the data other roles come across."""

    families: tuple[Family, ...]
    marks: tuple[Mark, ...]
    modules: tuple[Module, ...]
    others: str = ""

    def family(self, key: str | None) -> Family | None:
        """The family of that key; None when there is none."""
        return next((family for family in self.families if family.key == key), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything in `data/`, read and checked: each key is unique in its kind and every reference leads somewhere."""

    areas: tuple[Area, ...]
    staff_groups: tuple[Term, ...]
    engagement_kinds: tuple[Term, ...]
    record_kinds: tuple[Term, ...]
    roles: tuple[Role, ...]
    tasks: tuple[Term, ...]
    states: tuple[Term, ...]
    systems: tuple[System, ...]
    services: tuple[Term, ...]
    subjects: tuple[Subject, ...]
    aliases: tuple[Alias, ...]
    equivalences: tuple[Equivalence, ...]
    sources: tuple[Source, ...]
    requirements: tuple[CatalogueRequirement, ...]
    conflicts: tuple[Conflict, ...]
    curriculum: Curriculum
    training_items: tuple[TrainingItem, ...]
    examples: tuple[RuleExample, ...]
    boards: Boards

    def requirement(self, key: str) -> CatalogueRequirement:
        """The requirement of that key; raises `KeyError` when there is none."""
        for requirement in self.requirements:
            if requirement.key == key:
                return requirement
        raise KeyError(key)

    def source(self, key: str) -> Source:
        """The source of that key; raises `KeyError` when there is none."""
        for source in self.sources:
            if source.key == key:
                return source
        raise KeyError(key)

    def names(self) -> Names:
        """The names people see, for rules said in words."""
        return Names(
            subjects={subject.key: subject.name for subject in self.subjects},
            roles={role.key: role.name for role in self.roles},
            staff_groups={group.key: group.name for group in self.staff_groups},
            engagement_kinds={kind.key: kind.name for kind in self.engagement_kinds},
            tasks={task.key: task.name for task in self.tasks},
            systems={system.key: system.name for system in self.systems},
            services={service.key: service.name for service in self.services},
            states={state.key: state.name for state in self.states},
            record_kinds={kind.key: kind.name for kind in self.record_kinds},
            requirements={requirement.key: requirement.title for requirement in self.requirements},
        )
