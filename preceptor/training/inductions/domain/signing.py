"""The text that a sign-off is under: everything that was shown, read and known, whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Final

from preceptor.ui.words import count, day

from .course import Course, Entry, State
from .programme import ItemKind

_MOST_NAMED: Final = 3
_STATES: Final = {
    State.DONE: "done",
    State.BEFORE: "known or done before",
    State.ASIDE: "set aside",
    State.TO_DO: "not done",
}


def text_of(course: Course, place: str, statement: str, signer: str, on: date) -> str:
    """What is signed, in lines that can be read without this software."""
    begun = course.begun
    return "\n".join(
        (
            f"Induction of {begun.name} ({begun.person}), {begun.role_name}, at {place}",
            f"Programme: {begun.programme.title}, {begun.version}, first day {begun.first_on.isoformat()}",
            *_lines(course),
            f"Signed by {signer} on {on.isoformat()}: {statement}",
        )
    )


def listed(course: Course) -> tuple[str, ...]:
    """Everything that is signed under, item by item, as whoever signs reads it: its version, day, who and why too."""
    entries = (one for one in course.entries if one.item.kind is not ItemKind.SIGN_OFF)
    return tuple(f"{one.text.name if one.text else one.item.title}: {', '.join(_told(one))}" for one in entries)


def left_words(course: Course) -> str:
    """What is still to do before it can be signed off, in a sentence or two."""
    left = course.open
    names = "; ".join(one.text.name if one.text else one.item.title for one in left[:_MOST_NAMED])
    if len(left) > _MOST_NAMED:
        names += f"; and {len(left) - _MOST_NAMED} more"
    said = f"{count(len(left), 'thing is', 'things are')} left before it can be signed off: {names}"
    if any(one.item.kind is ItemKind.TRAINING for one in left):
        said += ". Training cannot be left out here. An exemption is recorded on the page of the requirement"
    return said


def seal_of(course: Course) -> str:
    """The digest of what is signed under: another one where anything of it has changed."""
    return digest_of("\n".join(_lines(course)))


def digest_of(text: str) -> str:
    """The digest of a text (SHA-256)."""
    return hashlib.sha256(text.encode()).hexdigest()


def _lines(course: Course) -> Iterator[str]:
    for one in course.entries:
        if one.item.kind is not ItemKind.SIGN_OFF:
            yield f"- {one.item.title}: {', '.join(_said(one))}"


def _told(one: Entry) -> Iterator[str]:
    yield _STATES[one.state]
    yield from _details(one)
    if one.step:
        yield f"{day(one.step.on)}, {one.step.shown_by or one.step.by_name}"
        if one.step.note:
            yield one.step.note


def _details(one: Entry) -> Iterator[str]:
    """The training that was asked, and the skills that are shown and are not."""
    if one.trained:
        yield "; ".join(each.title for each in one.trained)
    signed = [each for each in one.skills if each not in one.skills_left]
    if signed:
        yield f"shown: {'; '.join(signed)}"
    if one.skills_left:
        yield f"not shown: {'; '.join(one.skills_left)}"


def _said(one: Entry) -> Iterator[str]:
    yield _STATES[one.state]
    if one.text:
        yield f"{one.text.name}, digest {one.text.sha256}"
    yield from _details(one)
    if one.step:
        yield f"{one.step.on.isoformat()}, {one.step.shown_by or one.step.by_name}"
        if one.step.note:
            yield one.step.note
