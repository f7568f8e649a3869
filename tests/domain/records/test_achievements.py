"""What an achievement may be, and what a decision makes of a record."""

from datetime import date

import pytest

from preceptor.compliance.records.domain import Achievement, NotAllowedError, Status, refuse_future, status_of

ON = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": date(1949, 12, 31)}, "on"),
        ({"expires_on": date(2026, 11, 18)}, "expires_on"),
        ({"level": 0}, "subject"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 60_001}, "minutes"),
    ],
)
def test_what_cannot_be_is_refused_at_its_question(given: dict[str, object], field: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        Achievement(**({"subject": "fire-safety", "on": ON} | given))  # type: ignore[arg-type] # one wrong field

    assert refused.value.field == field


def test_the_edges_are_allowed() -> None:
    edge = Achievement("fire-safety", date(1950, 1, 1), expires_on=date(1950, 1, 1), minutes=60_000)

    assert edge.key == ("fire-safety", 1, date(1950, 1, 1), "course")


def test_today_is_not_the_future_and_tomorrow_is() -> None:
    refuse_future(Achievement("fire-safety", ON), ON)

    with pytest.raises(NotAllowedError, match="today or in the past"):
        refuse_future(Achievement("fire-safety", ON), date(2026, 11, 18))


def test_a_record_without_a_decision_waits() -> None:
    assert [status_of(accepted) for accepted in (None, True, False)] == [
        Status.PENDING,
        Status.ACCEPTED,
        Status.REFUSED,
    ]
