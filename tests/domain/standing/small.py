"""One person, one engagement, one requirement: the smallest world in which a rule can be shown."""

from datetime import date, datetime
from typing import Any, TypeAlias

from preceptor.compliance.standing.domain.world import judge_document

Json: TypeAlias = dict[str, Any]


def achieved(months: int | None = 12, **more: object) -> Json:
    """An `achieved` criterion of basic life support."""
    return {"achieved": {"subject": "bls", "months": months, **more}}


def record(on: str, name: str = "x1", **more: object) -> Json:
    """A record of basic life support."""
    return {"id": name, "person": "p1", "subject": "bls", "on": on, **more}


def version(met_by: Json, **more: object) -> Json:
    """A version in force since 2010, without grace, that gives no notice."""
    plain = {"from": "2010-01-01", "audience": "everyone", "first_due_days": None, "notice_days": 0}
    return {**plain, "met_by": met_by, **more}


def small_world(versions: list[Json], records: list[Json], **more: object) -> Json:
    """A nurse at Alder Surgery since 2015, and what is asked of her."""
    return {
        "organisations": [{"id": "A81001", "kind": "practice"}],
        "people": [{"id": "p1"}],
        "engagements": [engagement()],
        "records": records,
        "requirements": [{"id": "bls", "versions": versions}],
        **more,
    }


def engagement(**more: object) -> Json:
    """The nurse's engagement, since 2015."""
    return {
        "id": "e1",
        "person": "p1",
        "organisation": "A81001",
        "role": "practice-nurse",
        "staff_group": "nursing",
        "kind": "employed",
        "from": "2015-01-01",
        **more,
    }


def verdict_on(world: Json, day: str, *, known_at: str | None = None) -> Json:
    """The only verdict of a small world on a day."""
    moment = None if known_at is None else datetime.fromisoformat(known_at)
    [verdict] = judge_document(world, as_of=date.fromisoformat(day), known_at=moment)
    return verdict


def status_on(world: Json, day: str, *, known_at: str | None = None) -> str:
    """The status of the only pair of a small world on a day; `not_needed` when it is not listed."""
    moment = None if known_at is None else datetime.fromisoformat(known_at)
    verdicts = judge_document(world, as_of=date.fromisoformat(day), known_at=moment)
    return str(verdicts[0]["status"]) if verdicts else "not_needed"


def statuses_on(world: Json, *days: str) -> list[str]:
    """The statuses of a small world on several days."""
    return [status_on(world, day) for day in days]
