"""A programme's next version: an item added, changed or dropped. The version before stays as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace

from preceptor.ui.words import inside

from .programme import WHO_NAMES, Item, ItemKind, Programme, Stage


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a programme, in words that stay with the version it makes."""

    programme: Programme
    says: str


class NotAllowedError(ValueError):
    """A change that a programme does not take. Its message is for the person to read."""


def with_item(programme: Programme, item: Item) -> Change:
    """The programme with one more item, last of its stage."""
    if any(one.title.casefold() == item.title.casefold() for one in programme.items):
        raise NotAllowedError("There is an item of that name already")
    return Change(_ordered(programme, (*programme.items, item)), f"“{item.title}” is added")


def without(programme: Programme, item: Item) -> Change:
    """The programme without one item; refuses what every programme has."""
    if item.stays:
        raise NotAllowedError(f"“{item.title}” is in every programme and cannot be dropped")
    rest = tuple(one for one in programme.items if one.key != item.key)
    return Change(replace(programme, items=rest), f"“{item.title}” is dropped")


def changed(programme: Programme, item: Item, now: Item) -> Change:
    """The programme with an item said otherwise; refuses when nothing is different, and more of what always stays."""
    if now == item:
        raise NotAllowedError("Nothing is different. Change something, or go back")
    if item.stays and (now.kind, now.requirements, now.text, now.who) != (
        item.kind,
        item.requirements,
        item.text,
        item.who,
    ):
        raise NotAllowedError(f"“{item.title}” is in every programme. Its words may change, and nothing else")
    items = tuple(now if one.key == item.key else one for one in programme.items)
    return Change(_ordered(programme, items), f"“{item.title}”: {_difference(item, now)}")


def _ordered(programme: Programme, items: tuple[Item, ...]) -> Programme:
    """By stage, the sign-off last."""
    stages = list(Stage)
    ordered = sorted(items, key=lambda one: (stages.index(one.stage), one.kind is ItemKind.SIGN_OFF))
    return replace(programme, items=tuple(ordered))


def _difference(item: Item, now: Item) -> str:
    said = []
    if now.title != item.title:
        said.append(f"now called “{now.title}”")
    if now.stage is not item.stage:
        said.append("by another time")
    if now.who is not item.who:
        said.append(f"now for {inside(WHO_NAMES[now.who])}")
    if (now.says, now.minutes) != (item.says, item.minutes):
        said.append("other words")
    return ", ".join(said) or "changed"
