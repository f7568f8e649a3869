"""What the catalogue says of other rooms' lists, as those rooms take it."""

from __future__ import annotations

from collections import defaultdict

from preceptor.compliance.subjects import domain as subjects
from preceptor.register.organisations.domain import Kind, NewOrganisation
from preceptor.register.people.domain import ContractTerms, Entry, RoleEntry, StaffGroupEntry, StaffLists

from .catalogue import Catalogue, Role, Term


def staff_lists(catalogue: Catalogue) -> StaffLists:
    """Staff groups, roles, kinds of engagement, tasks and states."""
    return StaffLists(
        staff_groups=tuple(
            StaffGroupEntry(group.key, group.name, position) for position, group in enumerate(catalogue.staff_groups, 1)
        ),
        roles=tuple(_role(role, catalogue) for role in catalogue.roles),
        kinds=_entries(catalogue.engagement_kinds),
        tasks=_entries(catalogue.tasks),
        states=_entries(catalogue.states),
    )


def clinical_systems(catalogue: Catalogue) -> list[tuple[str, str, str, str]]:
    """Clinical and supporting systems: code, name, supplier, use."""
    return [(system.key, system.name, system.supplier or "", system.use) for system in catalogue.systems]


def digital_services(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Digital services: code and name."""
    return [(service.key, service.name) for service in catalogue.services]


def boards(catalogue: Catalogue) -> list[NewOrganisation]:
    """Integrated care boards, those that have closed included, with the days they exist."""
    return [
        NewOrganisation(board.ods, f"{board.name} ICB", Kind.ICB, board.starts_on, board.ends_on)
        for board in catalogue.boards.boards
    ]


def areas(catalogue: Catalogue) -> list[subjects.Area]:
    """Subject areas in their order."""
    return [subjects.Area(area.key, area.name, position) for position, area in enumerate(catalogue.areas, 1)]


def subjects_of(catalogue: Catalogue) -> list[subjects.Subject]:
    """Subjects with their levels, and every name or identifier under which imports bring them."""
    aliases: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    growing = {area.key for area in catalogue.areas if area.development}
    levelled = {(subject.key, level.level) for subject in catalogue.subjects for level in subject.levels}
    for alias in catalogue.aliases:
        level = alias.level if (alias.subject, alias.level) in levelled else None
        aliases[alias.subject, level].append(alias.text)
    return [
        subjects.Subject(
            code=subjects.SubjectCode(subject.key),
            name=subject.name,
            area=subject.area,
            levels=tuple(
                subjects.Level(level.level, level.name, tuple(aliases[subject.key, level.level]))
                for level in subject.levels
            ),
            aliases=tuple(aliases[subject.key, None]),
            development=subject.development or subject.area in growing,
        )
        for subject in catalogue.subjects
    ]


def approvals(catalogue: Catalogue) -> list[subjects.Approval]:
    """What counts as what, with the source it rests on as its reason."""
    return [
        subjects.Approval(
            subjects.Equivalence(
                subjects.SubjectCode(one.subject),
                one.level,
                subjects.SubjectCode(one.counts_as),
                one.counts_as_level,
            ),
            approved_by="National catalogue",
            reason=" ".join(part for part in (f"{catalogue.source(one.source).title}.", one.note) if part),
        )
        for one in catalogue.equivalences
    ]


def _entries(terms: tuple[Term, ...]) -> tuple[Entry, ...]:
    return tuple(Entry(term.key, term.name) for term in terms)


def _role(role: Role, catalogue: Catalogue) -> RoleEntry:
    """A role with what its family works with; one that uses no clinical system comes across what `others` says."""
    family, contract = catalogue.curriculum.family(role.curriculum), role.additional
    terms = None
    if contract is not None:
        terms = ContractTerms(
            contract.contract_year,
            contract.registration,
            contract.training,
            contract.supervision,
            verified=contract.verified,
        )
    return RoleEntry(
        code=role.key,
        name=role.name,
        staff_group=role.staff_group,
        aliases=role.aliases,
        data=family.data if family else catalogue.curriculum.others,
        uses=family.uses if family else (),
        terms=terms,
    )
