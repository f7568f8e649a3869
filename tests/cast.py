"""Alder Surgery and its people, built through actions alone.

Everybody has a name and a habit. All dates lie in the past and the engagements are open: a test may run on any day.

- Ruth Okafor manages Alder Surgery; Lorna Blake manages Birch Health Centre in the same network.
- Aisha Rahman is a practice nurse and gives vaccines; Tomasz Nowak is a receptionist and a chaperone; Dr Helen Marsh is
  a GP partner. All three work at Alder Surgery.
- Dr Mei Lin is a locum at Alder Surgery and at Birch Health Centre.
- Samir Patel is the network's pharmacist and works in both practices; Nadia Hussain leads the network.
- Gareth Pugh leads the training hub above the network; Priya Nair is the administrator there.
- Owen Price manages Cedar Lane Surgery, which has nothing to do with any of them: the outsider.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from django.test import Client

from preceptor.foundation.access import EVERYWHERE, Role, Viewer, system_account
from preceptor.register.accounts.actions import give_role, invite
from preceptor.register.accounts.domain import UserId
from preceptor.register.accounts.models import User
from preceptor.register.accounts.queries import viewer_of
from preceptor.register.organisations.actions import add_organisation, add_parent
from preceptor.register.organisations.domain import Kind, NewOrganisation, OrganisationId, Period
from preceptor.register.people.actions import add_engagement, add_person, load_lists
from preceptor.register.people.domain import (
    EngagementId,
    Entry,
    PersonDetails,
    PersonId,
    RoleEntry,
    StaffGroupEntry,
    StaffLists,
    Terms,
)
from preceptor.register.people.queries import engagements_of

BUILDER: Final = system_account("cast")
BUILT_AT: Final = datetime(2025, 1, 6, 9, tzinfo=UTC)
TODAY: Final = date(2026, 11, 23)
NOW: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)

# The lines of the real lists the cast needs, with the same codes and names.
LISTS: Final = StaffLists(
    staff_groups=(
        StaffGroupEntry("gp", "GPs", 1),
        StaffGroupEntry("nurse", "Nurses", 2),
        StaffGroupEntry("dpc", "Direct patient care", 3),
        StaffGroupEntry("admin", "Admin and non-clinical", 4),
    ),
    roles=(
        RoleEntry("gp-partner", "GP partner", "gp"),
        RoleEntry("gp-salaried", "Salaried GP", "gp"),
        RoleEntry("gp-locum", "Locum GP", "gp"),
        RoleEntry("practice-nurse", "Practice nurse", "nurse", ("PN", "General practice nurse")),
        RoleEntry("health-care-assistant", "Health care assistant", "dpc", ("HCA",)),
        RoleEntry("pharmacist", "Pharmacist", "dpc", ("Clinical pharmacist",)),
        RoleEntry("practice-manager", "Practice manager", "admin", ("PM",)),
        RoleEntry("receptionist", "Receptionist", "admin", ("Reception",)),
        RoleEntry("medical-secretary", "Medical secretary", "admin"),
        RoleEntry("digital-transformation-lead", "Digital and transformation lead", "admin"),
        RoleEntry("admin-other", "Other admin role", "admin"),
    ),
    kinds=(
        Entry("employed", "Employed"),
        Entry("partner", "Partner"),
        Entry("locum", "Locum"),
        Entry("arrs", "Additional roles scheme"),
        Entry("student", "Student on placement"),
    ),
    tasks=(
        Entry("chaperone", "Chaperone"),
        Entry("vaccinator", "Vaccinator"),
        Entry("fire-marshal", "Fire marshal"),
        Entry("safeguarding-lead", "Safeguarding lead"),
    ),
    states=(
        Entry("registered:gmc", "Registered with the General Medical Council"),
        Entry("registered:nmc", "Registered with the Nursing and Midwifery Council"),
        Entry("enrolled:pcpep", "Enrolled on the primary care pharmacy pathway (PCPEP) or its like"),
    ),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: who they are, and their engagements by the ODS code of the place."""

    person: PersonId
    name: str
    email: str
    user: UserId
    engagements: Mapping[str, EngagementId]

    @property
    def viewer(self) -> Viewer:
        """What they may do on the day the tests think of as today."""
        return viewer_of(self.user, TODAY)

    @property
    def engagement(self) -> EngagementId:
        """Their engagement, for those who have one only or mean the first."""
        return next(iter(self.engagements.values()))


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and every place."""

    alder: OrganisationId
    birch: OrganisationId
    cedar: OrganisationId
    network: OrganisationId
    hub: OrganisationId
    ruth: Member
    aisha: Member
    tomasz: Member
    helen: Member
    mei: Member
    samir: Member
    nadia: Member
    lorna: Member
    gareth: Member
    priya: Member
    owen: Member

    @property
    def everybody(self) -> tuple[Member, ...]:
        """All of them, in the order of the list above."""
        return (
            *(self.ruth, self.lorna, self.aisha, self.tomasz, self.helen, self.mei),
            *(self.samir, self.nadia, self.gareth, self.priya, self.owen),
        )


ALDER: Final = "A81001"
BIRCH: Final = "A81002"
CEDAR: Final = "A81003"
NETWORK: Final = "U10001"
HUB: Final = "HUB01"


def build(at: datetime = BUILT_AT) -> Cast:
    """Builds the cast in an empty register."""
    load_lists(by=BUILDER, at=at, lists=LISTS)
    places = {
        code: add_organisation(by=BUILDER, at=at, new=NewOrganisation(code, name, kind))
        for code, name, kind in (
            (ALDER, "Alder Surgery", Kind.PRACTICE),
            (BIRCH, "Birch Health Centre", Kind.PRACTICE),
            (CEDAR, "Cedar Lane Surgery", Kind.PRACTICE),
            (NETWORK, "Riverside PCN", Kind.PCN),
            (HUB, "Vale Training Hub", Kind.HUB),
        )
    }
    for child, parent in ((ALDER, NETWORK), (BIRCH, NETWORK), (NETWORK, HUB)):
        add_parent(
            by=BUILDER, at=at, organisation=places[child], parent=places[parent], period=Period(date(2019, 7, 1))
        )
    gp = Terms("gp-partner", "gp", "partner", date(2015, 4, 1))
    nurse = Terms("practice-nurse", "nurse", "employed", date(2022, 9, 5), weekly_hours=Decimal(30))
    reception = Terms("receptionist", "admin", "employed", date(2024, 2, 12), weekly_hours=Decimal("22.5"))
    locum = Terms("gp-locum", "gp", "locum", date(2024, 6, 3))
    pharmacist = Terms("pharmacist", "dpc", "arrs", date(2023, 1, 9))
    manager = Terms("practice-manager", "admin", "employed", date(2018, 5, 1), weekly_hours=Decimal("37.5"))
    lead = Terms("digital-transformation-lead", "admin", "employed", date(2021, 10, 4))
    office = Terms("admin-other", "admin", "employed", date(2020, 3, 2))
    builder = _Builder(at, places)
    return Cast(
        alder=places[ALDER],
        birch=places[BIRCH],
        cedar=places[CEDAR],
        network=places[NETWORK],
        hub=places[HUB],
        ruth=builder.member("", "Ruth", "Okafor", {ALDER: manager}, role=Role.MANAGER),
        aisha=builder.member("", "Aisha", "Rahman", {ALDER: nurse}, number="12A3456E", tasks=("vaccinator",)),
        tomasz=builder.member("", "Tomasz", "Nowak", {ALDER: reception}, tasks=("chaperone",)),
        helen=builder.member("Dr", "Helen", "Marsh", {ALDER: gp}, number="6012345"),
        mei=builder.member("Dr", "Mei", "Lin", {ALDER: locum, BIRCH: locum}, number="7054321"),
        samir=builder.member("", "Samir", "Patel", {NETWORK: pharmacist, ALDER: pharmacist, BIRCH: pharmacist}),
        nadia=builder.member("", "Nadia", "Hussain", {NETWORK: lead}, role=Role.PCN_LEAD),
        lorna=builder.member("", "Lorna", "Blake", {BIRCH: manager}, role=Role.MANAGER),
        gareth=builder.member("", "Gareth", "Pugh", {HUB: office}, role=Role.HUB_LEAD),
        priya=builder.member("", "Priya", "Nair", {HUB: office}, role=Role.ADMINISTRATOR),
        owen=builder.member("", "Owen", "Price", {CEDAR: manager}, role=Role.MANAGER),
    )


def signed_in(client: Client, member: Member) -> Client:
    """The client, signed in as one of the cast."""
    client.force_login(User.objects.get(pk=member.user))
    return client


@dataclass(frozen=True, slots=True)
class _Builder:
    at: datetime
    places: Mapping[str, OrganisationId]

    def member(
        self,
        title: str,
        given_name: str,
        family_name: str,
        terms: Mapping[str, Terms],
        *,
        number: str = "",
        tasks: tuple[str, ...] = (),
        role: Role | None = None,
    ) -> Member:
        email = f"{given_name}.{family_name}@example.nhs.uk".lower()
        details = PersonDetails(given_name, family_name, title, email, number)
        (first, opening), *others = terms.items()
        person = add_person(
            by=BUILDER, at=self.at, organisation=self.places[first], details=details, terms=opening, tasks=tasks
        )
        for code, one in others:
            add_engagement(by=BUILDER, at=self.at, organisation=self.places[code], person=person, terms=one)
        user = invite(by=BUILDER, at=self.at, person=person)
        rows = engagements_of(EVERYWHERE, person)
        codes = {row.engagement.organisation.code: EngagementId(row.engagement_id) for row in rows}
        if role:
            give_role(by=BUILDER, at=self.at, engagement=codes[first], role=role)
        return Member(person, details.name, email, user, {code: codes[code] for code in terms})
