"""Disagreements with the reference that random worlds have found, each kept in its smallest form."""

from .small import achieved, record, small_world, statuses_on, verdict_on, version


def test_a_record_valid_for_ever_counts_on_the_last_day_of_its_certificate() -> None:
    world = small_world([version(achieved(None))], [record("2024-01-04", expires_on="2024-06-30")])

    assert statuses_on(world, "2024-06-30", "2024-07-01") == ["due_soon", "overdue"]
    assert verdict_on(world, "2024-01-04")["until"] == "2024-06-30"
