"""One list for one person: the strictest standing of each requirement across their engagements."""

from __future__ import annotations

from datetime import date

from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.oversight.mine.domain import Need, strictest


def _need(place: str, key: str, status: Status, when: date | None = None) -> Need:
    until = when if status in {Status.VALID, Status.DUE_SOON} else None
    due_on = when if status is Status.DUE else None
    since = when if status is Status.OVERDUE else None
    verdict = Verdict(place, f"{place}-{key}", status, until, due_on, since, None, ever_met=True)
    return Need(key, key.capitalize(), place, place, place, verdict)


def test_the_strictest_of_two_places_is_shown_once() -> None:
    found = strictest(
        [
            _need("alder", "fire", Status.VALID, date(2027, 1, 1)),
            _need("birch", "fire", Status.OVERDUE, date(2026, 11, 1)),
        ]
    )

    assert [(need.place, need.verdict.status) for need in found] == [("birch", Status.OVERDUE)]


def test_paused_at_one_place_does_not_hide_what_the_other_asks() -> None:
    found = strictest([_need("alder", "fire", Status.PAUSED), _need("birch", "fire", Status.VALID, date(2027, 1, 1))])

    assert [need.place for need in found] == ["birch"]


def test_the_list_is_most_urgent_first() -> None:
    found = strictest(
        [
            _need("alder", "valid", Status.VALID, date(2027, 6, 1)),
            _need("alder", "paused", Status.PAUSED),
            _need("alder", "soon", Status.DUE_SOON, date(2026, 12, 1)),
            _need("alder", "due-later", Status.DUE, date(2027, 1, 1)),
            _need("alder", "due", Status.DUE, date(2026, 12, 1)),
            _need("alder", "overdue", Status.OVERDUE, date(2026, 11, 20)),
            _need("alder", "overdue-longest", Status.OVERDUE, date(2026, 9, 20)),
        ]
    )

    assert [need.key for need in found] == ["overdue-longest", "overdue", "due", "due-later", "soon", "valid", "paused"]
