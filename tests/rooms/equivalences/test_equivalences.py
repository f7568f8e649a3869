"""What counts as what: read by all, approved and ended by leads, after seeing whom it changes."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from urllib.parse import quote, urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.equivalences.pages import MOST_NAMES
from preceptor.compliance.equivalences.queries import counting_here, places_of, turns_by
from preceptor.compliance.records.actions import pick_names
from preceptor.compliance.records.domain.imports import Pick
from preceptor.compliance.standing.domain.facts import Equivalence as Fact
from preceptor.compliance.standing.queries import loaded_of
from preceptor.compliance.subjects.actions import add_equivalence, end_equivalence
from preceptor.compliance.subjects.domain import Approved, Equivalence, SubjectCode
from preceptor.compliance.subjects.queries import equivalences_approved
from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.register.organisations.domain import OrganisationId
from tests.cast import BUILDER, Member, signed_in
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db

LIST = "/equivalences/"
# Conflict resolution is asked of everyone at both practices; nothing here counts as it.
DRILL = Equivalence(SubjectCode("lone-working"), 1, SubjectCode("conflict-resolution"), 1)


def _approve(
    work: Workplace, owner: OrganisationId | None, *, by: Member | None = None, one: Equivalence = DRILL
) -> None:
    add_equivalence(
        by=by.viewer if by else BUILDER,
        at=work.now,
        equivalence=one,
        approved_by="Safeguarding lead",
        reason="The course covers it",
        owner=owner,
    )


def _today(work: Workplace) -> date:
    return london_date(work.now)


def _status(work: Workplace, place: OrganisationId, member: Member) -> str:
    loaded = loaded_of(EVERYWHERE, place, on=_today(work))
    key = next(key for key, asked in loaded.asked.items() if asked.key == "conflict-resolution")
    seat = next(seat for seat in loaded.seats.values() if seat.person == member.person)
    return loaded.verdicts(_today(work))[seat.engagement, key].status.value


def test_what_a_network_approves_holds_beneath_it_and_nowhere_else(work: Workplace) -> None:
    work.did(work.cast.tomasz, "lone-working", _today(work) - timedelta(days=30))
    before = _status(work, work.cast.alder, work.cast.tomasz)

    _approve(work, work.cast.network, by=work.cast.nadia)

    assert (before, _status(work, work.cast.alder, work.cast.tomasz)) == ("overdue", "valid")
    cedar = loaded_of(EVERYWHERE, work.cast.cedar, on=_today(work))
    assert DRILL not in [one.equivalence for one in cedar.approved]


def test_what_one_practice_has_for_itself_does_not_hold_at_its_neighbour(work: Workplace) -> None:
    work.did(work.cast.mei, "lone-working", _today(work) - timedelta(days=30))

    _approve(work, work.cast.birch)

    assert _status(work, work.cast.birch, work.cast.mei) == "valid"
    assert _status(work, work.cast.alder, work.cast.mei) == "overdue"


def test_ending_it_restores_what_was_and_the_past_can_still_be_asked_for(work: Workplace) -> None:
    work.did(work.cast.tomasz, "lone-working", _today(work) - timedelta(days=30))
    _approve(work, work.cast.network, by=work.cast.nadia)
    approved_at = work.now

    end_equivalence(
        by=work.cast.nadia.viewer, at=work.now, equivalence=DRILL, reason="A new course", owner=work.cast.network
    )

    assert _status(work, work.cast.alder, work.cast.tomasz) == "overdue"
    assert DRILL in [one.equivalence for one in equivalences_approved(approved_at)]
    assert DRILL not in [one.equivalence for one in equivalences_approved()]


def test_nobody_approves_or_ends_beyond_what_they_lead(work: Workplace) -> None:
    for member in (work.cast.ruth, work.cast.aisha, work.cast.owen):
        with pytest.raises(PermissionDenied):
            _approve(work, work.cast.alder, by=member)
    with pytest.raises(Http404):
        _approve(work, work.cast.cedar, by=work.cast.nadia)
    with pytest.raises(Http404):
        _approve(work, work.cast.hub, by=work.cast.nadia)
    with pytest.raises(PermissionDenied):
        _approve(work, None, by=work.cast.gareth)
    _approve(work, None, by=work.cast.priya)
    with pytest.raises(PermissionDenied):
        end_equivalence(by=work.cast.nadia.viewer, at=work.now, equivalence=DRILL, reason="No")


@pytest.mark.parametrize(
    ("one", "field"),
    [
        (Equivalence(SubjectCode("lone-working"), 2, SubjectCode("conflict-resolution"), 1), "subject"),
        (Equivalence(SubjectCode("lone-working"), 1, SubjectCode("resuscitation-children"), 1), "counts_as"),
        (Equivalence(SubjectCode("juggling"), 1, SubjectCode("conflict-resolution"), 1), "subject"),
    ],
)
def test_a_subject_or_level_there_is_not_is_refused(work: Workplace, one: Equivalence, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        _approve(work, work.cast.network, one=one)

    assert refused.value.field == field


def test_what_holds_everywhere_is_not_approved_again_for_one_place(work: Workplace) -> None:
    _approve(work, None)

    with pytest.raises(Refusal, match="already counts"):
        _approve(work, work.cast.network, by=work.cast.nadia)


def test_the_preview_says_what_then_comes_true(work: Workplace) -> None:
    for member in (work.cast.tomasz, work.cast.aisha):
        work.did(member, "lone-working", _today(work) - timedelta(days=30))
    one = Approved(0, DRILL, work.cast.network, "", "", work.now)
    places = places_of(EVERYWHERE, work.cast.network, _today(work))

    said = turns_by(EVERYWHERE, EVERYWHERE, places, lambda held: (*held, one), _today(work))
    _approve(work, work.cast.network)

    assert [(one.name, one.becoming, one.no_longer) for one in said if one.becoming] == [("Alder Surgery", 2, 0)]
    assert [_status(work, work.cast.alder, who) for who in (work.cast.tomasz, work.cast.aisha)] == ["valid", "valid"]
    assert said[0].becoming_names == ("Aisha Rahman: Conflict resolution", "Tomasz Nowak: Conflict resolution")


def test_the_records_that_count_by_it_today_are_counted_and_no_others(work: Workplace) -> None:
    _approve(work, work.cast.network)
    fact = Fact("lone-working", 1, "conflict-resolution", 1)
    scope = work.cast.ruth.viewer.scope(Can.SEE_SHARES)
    work.did(work.cast.tomasz, "lone-working", _today(work) - timedelta(days=30))
    work.did(work.cast.helen, "lone-working", date(2015, 5, 1))  # ran out long ago
    work.did(work.cast.aisha, "lone-working", _today(work) - timedelta(days=9), by=work.cast.aisha.viewer)  # waits

    counted = counting_here(scope, _today(work))

    assert counted is not None
    assert counted[fact] == 1


def _page(client: Client, member: Member, address: str = LIST, **query: str) -> str:
    answer = signed_in(client, member).get(address, query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_manager_reads_the_table_and_a_lead_may_change_it(client: Client, work: Workplace) -> None:
    _approve(work, work.cast.network)
    ruths, nadias, owens = (_page(client, who) for who in (work.cast.ruth, work.cast.nadia, work.cast.owen))
    own = "A record of Lone working also counts as Conflict resolution"

    assert own in ruths
    assert "Riverside PCN" in ruths
    assert "Safeguarding lead" in ruths
    assert "Records that count by it today" in ruths
    assert "/equivalences/add/" not in ruths
    assert "/equivalences/add/" in nadias
    assert len(re.findall(r"/equivalences/\d+/end/", nadias)) == 1  # hers, and none of the catalogue's
    assert own not in owens
    assert "Safeguarding, children and adults together, level 3 also counts as Safeguarding adults, level 3" in owens


def test_the_table_is_filtered_and_says_when_nothing_is_left(client: Client, work: Workplace) -> None:
    _approve(work, work.cast.network)

    ours = _page(client, work.cast.ruth, where="ours")
    fire = _page(client, work.cast.ruth, words="fire marshal")
    none = _page(client, work.cast.ruth, words="juggling")

    assert "1 of 14 shown" in ours
    assert "1 of 14 shown" in fire
    assert "Nothing matches." in none


def _answers(work: Workplace, **more: str) -> dict[str, str]:
    return {
        "subject": "lone-working:1",
        "counts_as": "conflict-resolution:1",
        "owner": str(work.cast.network),
        "approved_by": "Safeguarding lead",
        "reason": "The course covers it",
        **more,
    }


def test_a_lead_sees_figures_of_whom_it_changes_and_nobody_by_name(client: Client, work: Workplace) -> None:
    for member in (work.cast.tomasz, work.cast.mei):
        work.did(member, "lone-working", _today(work) - timedelta(days=30))
    signed_in(client, work.cast.nadia)
    before = len(equivalences_approved())

    check = client.post("/equivalences/add/", _answers(work)).content.decode()

    row = check[check.index('<th scope="row">Alder Surgery') :].partition("</tr>")[0]
    assert re.findall(r'pr-num">(\d+)<', row) == ["2", "0"]
    assert "Nowak" not in check
    assert "Birch Health Centre" not in check  # three people work there
    assert len(equivalences_approved()) == before

    assert client.post("/equivalences/add/", _answers(work, confirm="yes")).status_code == 302
    assert DRILL in [one.equivalence for one in equivalences_approved()]


def test_answers_that_cannot_be_are_named_at_their_question(client: Client, work: Workplace) -> None:
    signed_in(client, work.cast.nadia)

    same = client.post("/equivalences/add/", _answers(work, counts_as="lone-working:1")).content.decode()
    elsewhere = client.post("/equivalences/add/", _answers(work, owner=str(work.cast.cedar))).content.decode()
    everywhere = client.post("/equivalences/add/", _answers(work, owner="everywhere")).content.decode()

    assert "A subject already counts as itself" in same
    assert "There is a problem" in elsewhere
    assert "There is a problem" in everywhere


def test_ending_asks_why_and_shows_who_is_no_longer_valid(client: Client, work: Workplace) -> None:
    work.did(work.cast.tomasz, "lone-working", _today(work) - timedelta(days=30))
    _approve(work, work.cast.network)
    (one,) = (held for held in equivalences_approved() if held.owner)
    address = f"/equivalences/{one.id}/end/"

    shown = _page(client, work.cast.nadia, address)
    without = client.post(address, {"reason": ""}).content.decode()
    ended = client.post(address, {"reason": "A new course"})

    row = shown[shown.index('<th scope="row">Alder Surgery') :].partition("</tr>")[0]
    assert re.findall(r'pr-num">(\d+)<', row) == ["0", "1"]
    assert "Say why it should no longer count" in without
    assert ended.status_code == 302
    assert [held for held in equivalences_approved() if held.owner] == []


def test_what_somebody_else_owns_cannot_be_ended(client: Client, work: Workplace) -> None:
    _approve(work, work.cast.cedar)
    theirs = next(one.id for one in equivalences_approved() if one.owner)
    everybodys = next(one.id for one in equivalences_approved() if one.owner is None)
    signed_in(client, work.cast.nadia)

    for address in (f"/equivalences/{theirs}/end/", f"/equivalences/{everybodys}/end/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "No"}).status_code == 404


def test_the_table_costs_the_same_for_one_more_and_for_three_more(client: Client, work: Workplace) -> None:
    signed_in(client, work.cast.ruth)
    costs, page = [], ""
    for subjects in (("sharps",), ("first-aid", "complaints", "caldicott")):
        for subject in subjects:
            _approve(work, work.cast.network, one=Equivalence(SubjectCode(subject), 1, DRILL.counts_as, 1))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(LIST).content.decode()
        costs.append(len(asked))

    assert page.count("also counts as Conflict resolution") >= 4
    assert costs[0] == costs[1]


def test_names_are_listed_while_they_wait_however_many_and_whatever_is_sent(client: Client, work: Workplace) -> None:
    page, answer = "/equivalences/names/", "/equivalences/names/answer/"
    gareth = signed_in(client, work.cast.gareth)
    nobody = gareth.get(page).content.decode()
    asked = {f"Fire & <alarm> day ‘{number}’": (Pick.ASK, None) for number in range(MOST_NAMES + 1)}
    pick_names(by=work.cast.ruth.viewer, at=work.now, organisation=work.cast.alder, picks=asked)

    some, every = (gareth.get(address).content.decode() for address in (page, f"{page}?all=yes"))
    one = {"code": "A81001", "name": "Fire & <alarm> day ‘7’"}
    address = f"{answer}?{urlencode(one)}"

    assert "No practice is asking." in nobody
    assert (some.count("pr-row__title"), every.count("pr-row__title")) == (MOST_NAMES, MOST_NAMES + 1)
    assert f"{MOST_NAMES} of {MOST_NAMES + 1} are shown." in some
    assert "are shown." not in every
    assert "Fire &amp; &lt;alarm&gt; day ‘7’" in some
    assert "Fire safety: it has" in gareth.get(address).content.decode()
    for unknown in ("", "?code=A81001&name=Fire", "?code=A81002&name=" + quote(one["name"])):
        assert gareth.get(f"{answer}{unknown}").status_code == 404
    for means in ("", "nonsense", "fire-safety:9"):
        assert "There is a problem" in gareth.post(address, {"means": means}).content.decode(), means
    assert gareth.post(address, {"means": "leave-out"})["Location"] == page
    assert gareth.get(address).status_code == 404


def test_the_database_keeps_one_of_each_at_each_owner(work: Workplace) -> None:
    _approve(work, work.cast.network)
    _approve(work, work.cast.birch)

    assert len([one for one in equivalences_approved() if one.equivalence == DRILL]) == 2
    with pytest.raises(Refusal):
        _approve(work, work.cast.birch)


def test_a_moment_before_it_was_approved_knows_nothing_of_it(work: Workplace) -> None:
    before: datetime = work.now
    _approve(work, work.cast.network)

    loaded = loaded_of(EVERYWHERE, work.cast.alder, on=_today(work), known_at=before)
    assert DRILL not in [one.equivalence for one in loaded.approved]
