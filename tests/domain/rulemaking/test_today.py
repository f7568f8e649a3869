"""How a requirement stands today: people, shares and roles."""

from __future__ import annotations

from datetime import date

from preceptor.compliance.requirements.domain.audience import Role
from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.compliance.rulemaking.domain.today import RoleToday, Sitter, today_of
from preceptor.compliance.rulemaking.pages.requirement import TodayPanel, today_panel
from preceptor.compliance.standing.domain.facts import Engagement, Organisation, Person, Record, World
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.measures import Share
from preceptor.compliance.standing.domain.verdicts import Status, Verdict

TODAY = date(2026, 11, 23)
# Ana works twice; Ben was never trained; Cy has just started; Dee is not asked.
SITTERS = {
    "e1": Sitter("ana", "Nurse"),
    "e2": Sitter("ana", "Clerk"),
    "e3": Sitter("ben", "Clerk"),
    "e4": Sitter("cy", "Clerk"),
    "e5": Sitter("dee", "Cleaner"),
}


def _verdicts() -> list[Verdict]:
    roles = {"Nurse": "nurse", "Clerk": "clerk", "Cleaner": "cleaner"}
    rule = Version(date(2022, 1, 1), None, Role(("nurse", "clerk")), Achieved("fire", 12), 14)
    starts = {"e4": date(2026, 11, 20)}
    world = World(
        organisations=(Organisation("a"),),
        people=tuple(Person(name) for name in ("ana", "ben", "cy", "dee")),
        engagements=tuple(
            Engagement(key, one.person, "a", starts.get(key, date(2020, 1, 1)), role=roles[one.role])
            for key, one in SITTERS.items()
        ),
        records=(Record("1", "ana", "fire", date(2026, 5, 4)),),
        requirements=(Requirement("r", (rule,)),),
    )
    return Judge(world).verdicts(TODAY, not_needed=True)


def test_people_are_counted_once_shares_by_engagement_and_roles_the_largest_first() -> None:
    found = today_of(_verdicts(), SITTERS)

    assert (found.people, found.here) == (3, 4)
    assert found.share == Share(2, 3)
    assert found.tally == {Status.VALID: 2, Status.OVERDUE: 1, Status.DUE: 1}
    assert found.roles == (RoleToday("Clerk", 3, 1), RoleToday("Nurse", 1, 0))


def test_who_may_not_see_people_is_shown_no_figures_of_a_few_and_no_roles() -> None:
    found = today_of(_verdicts(), SITTERS)

    assert today_panel(found, sees_people=False) == TodayPanel(
        "It is asked of fewer than 5 people here, so their figures are not shown."
    )
    shown = today_panel(found, sees_people=True)
    assert (shown.share, shown.counts) == ("66% in date", "2 of 3: 2 valid, 1 overdue, 1 to do.")
    assert shown.applies == "It is asked of 3 of 4 people here."
    assert today_panel(today_of([], SITTERS), sees_people=True).applies == "It is asked of nobody here today."


def test_where_nobody_should_be_in_date_yet_there_is_no_share() -> None:
    new = [one for one in _verdicts() if one.engagement == "e4"]
    panel = today_panel(today_of(new, SITTERS), sees_people=True)

    assert (panel.share, panel.applies) == ("", "It is asked of 1 of 4 people here. 1 to do.")
