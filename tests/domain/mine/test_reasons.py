"""Why something is asked of me, said to me: what I am and do, not whom else it is asked of."""

from __future__ import annotations

import pytest

from preceptor.compliance.requirements.domain.audience import (
    LEAVES,
    At,
    Kind,
    Leaf,
    PersonIs,
    Role,
    Service,
    StaffGroup,
    System,
    Task,
)
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.standing.domain.explanation import LeafFinding
from preceptor.oversight.mine.domain import reason_sentence

NAMES = Names(
    roles={
        "practice-nurse": "Practice nurse",
        "hca": "HCA",
        "gp-partner": "GP partner",
        "apprentice": "Apprentice",
    },
    staff_groups={"nurse": "Nurses"},
    engagement_kinds={"locum": "Locum"},
    tasks={
        "chaperone": "Chaperone",
        "vaccinator": "Vaccinator",
        "guardian": "Caldicott Guardian",
        "it": "IT administrator",
    },
    organisations={"U1": "Riverside PCN"},
    systems={"emis-web": "EMIS Web"},
    services={"online": "Online consultation"},
)


def _holds(leaf: Leaf, *values: str) -> LeafFinding:
    return LeafFinding(leaf, holds=True, values=values or leaf.one_of, since=None)


def _does_not(leaf: Leaf) -> LeafFinding:
    return LeafFinding(leaf, holds=False, values=(), since=None)


SAID = {
    Role(("gp-partner",)): "you are a GP partner here",
    Role(("hca",)): "you are an HCA here",
    Role(("apprentice",)): "you are an apprentice here",
    StaffGroup(("nurse",)): "you are in the staff group Nurses",
    Kind(("locum",)): "you are engaged as locum",
    Task(("guardian",)): "your tasks here include Caldicott Guardian",
    Task(("it",)): "your tasks here include IT administrator",
    PersonIs(("p1",)): "it is asked of you by name",
    At(("U1",)): "you work within Riverside PCN",
    System(("emis-web",)): "EMIS Web is used here",
    Service(("online",)): "online consultation is offered here",
}


@pytest.mark.parametrize("leaf", SAID)
def test_each_kind_of_reason_is_said(leaf: Leaf) -> None:
    assert reason_sentence([_holds(leaf)], NAMES) == f"Because {SAID[leaf]}."


def test_no_kind_of_reason_is_left_out() -> None:
    assert {type(leaf) for leaf in SAID} == set(LEAVES.values())


def test_of_many_roles_only_ones_own_is_said() -> None:
    roles = Role(("gp-partner", "practice-nurse", "hca"))

    assert reason_sentence([_holds(roles, "practice-nurse")], NAMES) == "Because you are a practice nurse here."


def test_two_reasons_are_both_said_and_no_reason_is_everyone() -> None:
    both = [_holds(Role(("practice-nurse",))), _holds(Task(("chaperone", "vaccinator")))]

    assert reason_sentence(both, NAMES) == (
        "Because you are a practice nurse here and your tasks here include chaperone and vaccinator."
    )
    assert reason_sentence([], NAMES) == "Everyone here needs it."


def test_whom_it_leaves_out_is_said_only_when_there_is_nothing_else() -> None:
    no_task, no_role = _does_not(Task(("chaperone", "vaccinator"))), _does_not(Role(("hca",)))

    assert reason_sentence([no_task, _holds(Role(("practice-nurse",)))], NAMES) == (
        "Because you are a practice nurse here."
    )
    assert reason_sentence([no_role, no_task], NAMES) == (
        "Everyone here needs it, except some roles that are not yours or "
        "those whose tasks include chaperone or vaccinator."
    )
