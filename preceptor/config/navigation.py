"""The menu around every page: where the viewer is, and where they can go. Knows every floor, as the layout must not."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from preceptor.foundation.access import Can, Grant, Place, Role, Viewer
from preceptor.register.people.queries import questions_for
from preceptor.ui.asof import address
from preceptor.ui.requests import Navigation, NavigationItem, Request

# What a hub publishes: as what a place manages.
_PUBLISHING = (
    ("Requirements", ("requirements:requirements", "rulemaking:drafts")),
    ("Skills", ("skills:framework", "capability:report")),
    ("Rollouts", ("rollouts:rollouts",)),
)

# The pages of each entry. The first is where it leads; with it go all of its room that are not one's own.
_MANAGING = (
    ("Today", ("practices:today",)),
    (
        "Training",
        (
            "practices:matrix",
            "practices:person",
            "practices:requirement",
            "standing:why",
            "forecasts:over-training",
            "records:import",
            "records:import-check",
        ),
    ),
    ("Skills", ("skills:skills", "capability:report")),
    ("People", ("people:people",)),
    ("Induction", ("inductions:board",)),
    ("Requirements", ("requirements:requirements", "rulemaking:drafts", "packs:packs")),
    ("Rollouts", ("rollouts:rollouts",)),
    ("Digital", ("services:services", "champions:champions", "organisations:organisation")),
    ("Cover", ("cover:cover", "planner:time")),
    ("Training needs", ("evidence:needs",)),
    ("Waiting", ("records:waiting", "records:names")),
)

# The pages of what one has to do oneself, or for somebody new.
_OWN_TRAINING = {
    "mine:training",
    *(f"inductions:{name}" for name in ("own", "read", "done", "tasks", "help")),
    *(f"rollouts:{name}" for name in ("changes", "change", "check", "ask", "ask-too", "done", "refresher")),
    *("planner:mine", "planner:say"),
}

# The pages of one's own skills, and of signing for others.
_OWN_SKILLS = {"capability:mine", "capability:part", "capability:forget"} | {
    f"skills:{name}" for name in ("mine", "own", "rate", "log", "ask", "invite", "asked", "sign", "signature")
}

# The pages about asking champions, and being one.
_CHAMPIONS = {
    *("champions:home", "champions:ask", "champions:library", "champions:question", "champions:offer"),
    *("champions:help", "champions:steps", "champions:toolkit", "champions:toolkit-page"),
}

# The pages of a pack one offers.
_OFFERING = {"packs:own", "packs:next", "packs:offer"}

_OWN = _OWN_TRAINING | _OWN_SKILLS | _CHAMPIONS
_BY_NAME = {"practices", "records"}  # rooms whose pages belong to several entries, and are named each

# The pages people begin at, which say when somebody waits for their answer.
_HOMES = {"mine:training", "mine:places", "records:mine", "accounts:me", "practices:today", "hubs:practices"}


def navigation_for(request: Request) -> Navigation:
    """The menu for this viewer at this address: a manager's at a place they manage, a lead's across, or one's own."""
    viewer = request.viewer
    if not viewer.is_signed_in or viewer.person is None:
        return Navigation()
    match = request.resolver_match
    name = match.view_name if match else ""
    place = _place(viewer, str(match.kwargs.get("code", "")) if match else "", name)
    managed = place is not None and viewer.scope(Can.SEE_PRACTICE).holds(place.id)
    own = _own(viewer, place, name)
    items, within = [*_across(viewer, name), *own], []
    if place and managed:  # a manager's own pages are one entry, so that the menu stays on one line
        is_own = any(one.is_current for one in own)
        mine = NavigationItem("Mine", reverse("mine:training"), is_own)
        items, within = [*_across(viewer, name), *_managing(place, "" if is_own else name), mine], own if is_own else []
    choices = len({grant.place.id for grant in viewer.grants})
    back_title, back_href = _back(request, place if managed else None, name)
    return Navigation(
        items=tuple(items),
        within=tuple(within),
        place=place,
        change_href=reverse("mine:places") if choices > 1 else "",
        me_href=reverse("accounts:me"),
        name=viewer.name,
        back_title=back_title,
        back_href=back_href,
        asked_by=_asked_by(viewer) if name in _HOMES else (),
        questions_href=reverse("people:questions"),
    )


def _asked_by(viewer: Viewer) -> tuple[str, ...]:
    """The places that wait for the viewer to say whether they work there."""
    return tuple(row.engagement.organisation.name for row in questions_for(viewer.scope(Can.CONFIRM_WORK)))


def _back(request: Request, managed: Place | None, name: str) -> tuple[str, str]:
    """Where the why page leads back to: the matrix on the same day for who manages it, one's own list for others."""
    if name != "standing:why":
        return "", ""
    if managed is None:
        return "Back to my training", reverse("mine:training")
    kept = {key: value for key, value in request.GET.dict().items() if key.startswith("on_") or key == "known"}
    return "Back to the training matrix", address(reverse("practices:matrix", args=[managed.code]), kept)


def _place(viewer: Viewer, code: str, name: str) -> Place | None:
    """The place the address names if the viewer has to do with it, else the first they manage or work at."""
    own = [grant.place for grant in viewer.grants] + list(viewer.engaged)
    for place in own:
        if place.code == code.upper():
            return place
    if name.startswith("mine:"):
        return next(iter(viewer.engaged), None)
    managed = [grant.place for grant in viewer.grants if _manages(grant)]
    return next(iter([*managed, *own]), None)


def _manages(grant: Grant) -> bool:
    return grant.role in {Role.MANAGER, Role.PCN_LEAD}


def _managing(place: Place, name: str) -> list[NavigationItem]:
    return _entries(_MANAGING, place, name)


def _entries(entries: Iterable[tuple[str, tuple[str, ...]]], place: Place, name: str) -> list[NavigationItem]:
    return [
        NavigationItem(title, reverse(names[0], args=[place.code]), _is_in(name, names)) for title, names in entries
    ]


def _across(viewer: Viewer, name: str) -> list[NavigationItem]:
    items = []
    if any(grant.beneath for grant in viewer.grants) or any(
        grant.role is Role.ADMINISTRATOR for grant in viewer.grants
    ):
        items.append(NavigationItem("Practices", reverse("hubs:practices"), name.startswith("hubs:")))
    offering = [grant.place for grant in viewer.grants if grant.role in {Role.PCN_LEAD, Role.HUB_LEAD}]
    items += [NavigationItem("Pack", reverse("packs:own", args=[one.code]), name in _OFFERING) for one in offering[:1]]
    hubs = [grant.place for grant in viewer.grants if grant.role is Role.HUB_LEAD]
    items += [entry for one in hubs[:1] for entry in _entries(_PUBLISHING, one, name)]
    if viewer.may(Can.CREATE_ORGANISATIONS):
        href = reverse("organisations:organisations")
        items.append(NavigationItem("Organisations", href, name.startswith("organisations:")))
    return items


def _own(viewer: Viewer, place: Place | None, name: str) -> list[NavigationItem]:
    items = [
        NavigationItem("My training", reverse("mine:training"), name in _OWN_TRAINING),
        NavigationItem("My skills", reverse("skills:mine"), name in _OWN_SKILLS),
        NavigationItem("My records", reverse("records:mine"), name in {"records:mine", "records:add-mine"}),
    ]
    if viewer.engaged and not (place and viewer.scope(Can.SEE_PRACTICE).holds(place.id)):
        items.append(NavigationItem("Ask a champion", reverse("champions:home"), name in _CHAMPIONS))
    works_here = place is not None and any(one.id == place.id for one in viewer.engaged)
    leads_here = place is not None and viewer.scope(Can.EDIT_REQUIREMENTS).holds(place.id)
    if place and works_here and not leads_here and not viewer.scope(Can.SEE_PRACTICE).holds(place.id):
        href = reverse("requirements:requirements", args=[place.code])
        items.append(NavigationItem("What we ask", href, name.startswith(("requirements:", "rulemaking:"))))
    return items


def _is_in(name: str, names: tuple[str, ...]) -> bool:
    rooms = {one.partition(":")[0] for one in names} - _BY_NAME
    return name in names or (name.partition(":")[0] in rooms and name not in _OWN)
