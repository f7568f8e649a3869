"""Who sees what of whom: the conditions every read of people passes.

A place that engages someone known elsewhere claims that they work there. Until they say yes, it sees of them what it
typed and what it wrote itself. Whether they have said yes is asked as of now, whatever moment a page is about.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404

from preceptor.foundation.access import Scope
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import holding, known
from preceptor.foundation.statements import statement
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.models import Parent

from ..domain import Denial, PersonDetails, PersonId
from ..models import Claim, Engagement, EngagementTerm, Person, PersonState

EVERYBODY: Final = Q()
_ENDLESS: Final = date(9999, 12, 31)


def within(scope: Scope, column: str = "pk") -> Q:
    """The condition that a person, named by this column, is in a scope.

    In it are the scope's own person, and everyone who is, was or will be engaged at one of its organisations, confirmed
    or not: who they are is for `as_seen` and `person_by_id` to say.
    """
    if scope.everywhere:
        return Q()
    condition = Q(**{f"{column}__in": _people(scope)})
    return condition | Q(**{column: scope.person}) if scope.person else condition


def within_confirmed(scope: Scope, column: str = "pk") -> Q:
    """The condition that a person is in a scope, and that it may know who they are.

    In it are the scope's own person, and everyone with an engagement at one of its organisations that is confirmed.
    """
    if scope.everywhere:
        return Q()
    condition = Q(**{f"{column}__in": _people(scope, confirmed())})
    return condition | Q(**{column: scope.person}) if scope.person else condition


def confirmed(prefix: str = "engagement__") -> Q:
    """The condition that an engagement is confirmed: nobody had to be asked, or the person said yes."""
    return Q(**{f"{prefix}claim": None}) | Q(**{f"{prefix}claim__answer__is_yes": True})


def states_within(scope: Scope, known_at: datetime | None = None) -> QuerySet[PersonState]:
    """The states in a scope as believed at a moment, or now.

    A place sees the states of those confirmed there; of those who have left, as believed at the end of the last day.
    """
    if scope.everywhere:
        return PersonState.objects.filter(known(known_at))
    last = _engaged(scope, "person_id").filter(confirmed()).annotate(until=Coalesce("ends_on", Value(_ENDLESS)))
    rows = PersonState.objects.annotate(
        until=Subquery(last.order_by("-until").values("until")[:1], output_field=DateField())
    )
    believed = Q(superseded_at=None) | Q(superseded_at__date__gte=F("until"))
    if known_at is not None:
        believed |= Q(superseded_at__gt=known_at)
        rows = rows.filter(recorded_at__lte=known_at)
    theirs = Q(recorded_at__date__lt=F("until")) & believed
    return rows.filter(theirs | (Q(person_id=scope.person) & known(known_at)) if scope.person else theirs)


def person_by_id(scope: Scope, person: PersonId) -> Person:
    """The person with this identifier, as the scope may know them. Outside the scope they do not exist.

    Of someone who has not said yes yet it knows what it typed: the row is then not for saving.
    """
    known_here = Q(within_confirmed(scope))
    found = Person.objects.filter(within(scope), pk=person)
    row = found.annotate(is_known=Exists(Person.objects.filter(known_here, pk=OuterRef("pk")))).first()
    if row is None:
        raise Http404
    if not row.is_known:
        return _as_typed(claims_at(scope, [person])[person])
    return row


def person_told(scope: Scope, person: PersonId, today: date) -> PersonDetails:
    """Who someone is, as much as the scope may be told today: of those who have left the name alone."""
    row = person_by_id(scope, person)
    details = details_of(row)
    if scope.everywhere or scope.person == person or works_within(scope, person, today):
        return details
    return PersonDetails(details.given_name, details.family_name, details.title)


def as_seen(scope: Scope, rows: QuerySet[EngagementTerm]) -> list[EngagementTerm]:
    """Terms with their people as the scope may know them: as it typed them while they have not said yes.

    One query, and a further one only where someone has not.
    """
    found = list(rows.select_related("engagement__person", "engagement__claim__answer"))
    if scope.everywhere:
        return found
    unsure = {row.engagement.person_id for row in found if not is_confirmed(row.engagement)} - {scope.person}
    if unsure:
        known_here = Person.objects.filter(within_confirmed(scope), pk__in=unsure)
        unsure -= set(known_here.values_list("pk", flat=True))
    for row in found:
        if row.engagement.person_id in unsure and not is_confirmed(row.engagement):
            row.engagement.person = _as_typed(row.engagement.claim)
    return found


def is_confirmed(engagement: Engagement) -> bool:
    """Is this engagement confirmed? Asks nothing more of a row that was read with its claim."""
    claim = getattr(engagement, "claim", None)
    answer = getattr(claim, "answer", None)
    return claim is None or (answer is not None and answer.is_yes)


def is_known(scope: Scope, person: PersonId) -> bool:
    """May the scope know who this person is?"""
    return Person.objects.filter(within_confirmed(scope), pk=person).exists()


def names_seen(scope: Scope, people: Collection[UUID]) -> dict[UUID, str]:
    """What the scope calls these people. Whom it does not hold is not in it."""
    known_here = Person.objects.filter(within_confirmed(scope), pk__in=people)
    names = {one.pk: str(one) for one in known_here}
    rest = set(people) - names.keys()
    return names | ({key: str(one) for key, one in claims_at(scope, rest).items()} if rest else {})


def claims_at(scope: Scope, people: Collection[UUID]) -> dict[UUID, Claim]:
    """The latest claim the scope's organisations made of each of these people, whatever was answered."""
    rows = Claim.objects.filter(engagement__person_id__in=people).select_related("engagement__organisation", "answer")
    if not scope.everywhere:
        rows = rows.filter(engagement__organisation_id__in=scope.organisations)
    return {row.engagement.person_id: row for row in rows.order_by("at", "pk")}


def typed_at(scope: Scope, organisations: Collection[UUID]) -> dict[UUID, PersonDetails]:
    """The people at these organisations whom the scope knows only as it typed them, by what it typed. One query."""
    if scope.everywhere or not _asked_at(organisations):
        return {}
    known_here = Person.objects.filter(within_confirmed(scope), pk=OuterRef("engagement__person_id"))
    rows = Claim.objects.filter(
        ~Exists(known_here), at_organisation(scope), engagement__organisation_id__in=organisations
    ).select_related("engagement")
    return {row.engagement.person_id: typed_in(row) for row in rows.order_by("at", "pk")}


@statement
def _asked_at(organisations: Collection[UUID]) -> QuerySet[Claim, tuple[UUID]]:
    """Is anybody at these organisations asked about, or was ever? Mostly not, and then nothing else need be asked."""
    return Claim.objects.filter(engagement__organisation_id__in=organisations).values_list("pk")[:1]


def denied_at(scope: Scope, organisation: UUID) -> list[Denial]:
    """Who said no to a place and is not engaged there otherwise, the latest first."""
    others = EngagementTerm.objects.filter(
        known(None),
        void=False,
        engagement__organisation_id=organisation,
        engagement__person_id=OuterRef("engagement__person_id"),
    )
    return _denials(scope, Claim.objects.filter(~Exists(others), engagement__organisation_id=organisation))


def denials_of(scope: Scope, person: PersonId) -> list[Denial]:
    """Each no this person said to one of the scope's organisations, the latest first."""
    return _denials(scope, Claim.objects.filter(engagement__person_id=person))


def _denials(scope: Scope, claims: QuerySet[Claim]) -> list[Denial]:
    rows = claims.filter(at_organisation(scope), answer__is_yes=False)
    found: dict[tuple[UUID, UUID, date], Denial] = {}
    for row in rows.select_related("engagement__organisation", "answer").order_by("-answer__at", "pk"):
        person, place = PersonId(row.engagement.person_id), row.engagement.organisation
        denial = Denial(person, typed_in(row), place.name, place.code, london_date(row.answer.at))
        found.setdefault((person, place.pk, denial.on), denial)
    return list(found.values())


def questions_for(scope: Scope) -> list[EngagementTerm]:
    """The engagements the scope's own person was asked about and has not answered, one a place, the oldest first."""
    if scope.person is None:
        return []
    rows = EngagementTerm.objects.filter(
        known(None),
        void=False,
        engagement__person_id=scope.person,
        engagement__claim__isnull=False,
        engagement__claim__answer=None,
    ).select_related("engagement__organisation", "engagement__claim", "role")
    found: dict[UUID, EngagementTerm] = {}
    for row in rows.order_by("engagement__claim__at", "engagement_id"):
        found.setdefault(row.engagement.organisation_id, row)
    return list(found.values())


def to_ask(
    scope: Scope, organisation: OrganisationId, people: Collection[PersonId], today: date
) -> frozenset[PersonId]:
    """Which of these people must say yes before this place sees them: those known elsewhere, and not seen already.

    Seen already are those working, today or later, at a place of the scope, or at the network of this place or, for a
    network, at one of its own places.
    """
    if scope.everywhere or not people:
        return frozenset()
    terms = EngagementTerm.objects.filter(known(None), void=False, engagement__person_id__in=people)
    ours = {*scope.organisations, organisation}
    elsewhere = terms.exclude(engagement__organisation_id__in=ours)
    lasting = terms.filter(confirmed(), Q(ends_on=None) | Q(ends_on__gt=today))
    seen = lasting.filter(engagement__organisation_id__in=ours | _network(organisation, today))
    column = "engagement__person_id"
    return frozenset(elsewhere.values_list(column, flat=True)) - frozenset(seen.values_list(column, flat=True))


def addresses_to_ask(scope: Scope, organisation: UUID, asked_at: datetime) -> list[tuple[str, Claim]]:
    """Where to write to those a place asked at this moment, with the claim. Asked to write to them, and never shown."""
    if not scope.holds(organisation):
        return []
    rows = Claim.objects.filter(engagement__organisation_id=organisation, at=asked_at, answer=None)
    rows = rows.select_related("engagement__person", "engagement__organisation").order_by("pk")
    return [(row.engagement.person.email, row) for row in rows if row.engagement.person.email]


def addresses_of(people: Collection[UUID]) -> list[tuple[str, str]]:
    """The given names and addresses of people who have one. Asked for people whom one may write to."""
    rows = Person.objects.filter(pk__in=people, email__isnull=False).order_by("pk")
    return [(row.given_name, row.email) for row in rows if row.email]


def works_within(scope: Scope, person: PersonId, today: date) -> bool:
    """Does this person work at one of the scope's organisations today, or will they?"""
    rows = EngagementTerm.objects.filter(at_organisation(scope), known(None), void=False, engagement__person_id=person)
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=today)).exists()


def details_of(row: Person) -> PersonDetails:
    """Who someone is, as a value."""
    return PersonDetails(row.given_name, row.family_name, row.title, row.email, row.professional_number)


def typed_in(claim: Claim) -> PersonDetails:
    """What a place typed about someone, as a value."""
    return PersonDetails(
        claim.given_name, claim.family_name, claim.title, claim.email or None, claim.professional_number
    )


def at_organisation(scope: Scope) -> Q:
    """The condition that an engagement is at one of the scope's organisations."""
    return Q() if scope.everywhere else Q(engagement__organisation_id__in=scope.organisations)


def _people(scope: Scope, also: Q = EVERYBODY) -> QuerySet[EngagementTerm, UUID]:
    """Everyone ever engaged at the scope's organisations: found once, whatever is asked of how many."""
    rows = EngagementTerm.objects.filter(
        also, known(None), void=False, engagement__organisation_id__in=scope.organisations
    )
    return rows.values("engagement__person_id")  # type: ignore[return-value]  # for a condition only


def _engaged(scope: Scope, column: str) -> QuerySet[EngagementTerm]:
    return EngagementTerm.objects.filter(
        known(None),
        void=False,
        engagement__organisation_id__in=scope.organisations,
        engagement__person_id=OuterRef(column),
    )


def _as_typed(claim: Claim) -> Person:
    """The person as a place typed them, for showing."""
    person = Person(
        pk=claim.engagement.person_id,
        title=claim.title,
        given_name=claim.given_name,
        family_name=claim.family_name,
        email=claim.email or None,
        professional_number=claim.professional_number,
        added_at=claim.at,
    )
    person._state.adding = False  # noqa: SLF001 - it stands for a row there is
    return person


def _network(organisation: OrganisationId, today: date) -> set[UUID]:
    """The network a place belongs to today, and the places that belong to it if it is one."""
    links = Parent.objects.filter(known(None), holding(today), parent__kind=Kind.PCN.value)
    above = links.filter(child_id=organisation).values_list("parent_id", flat=True)
    below = links.filter(parent_id=organisation).values_list("child_id", flat=True)
    return {*above, *below}
