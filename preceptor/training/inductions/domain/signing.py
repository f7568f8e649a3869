"""The text that a sign-off is under: everything that was shown, read and known, whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from preceptor.ui.words import day

from .course import Course, Entry, State
from .programme import ItemKind

_STATES = {
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
    if one.step:
        yield f"{day(one.step.on)}, {one.step.shown_by or one.step.by_name}"
        if one.step.note:
            yield one.step.note


def _said(one: Entry) -> Iterator[str]:
    yield _STATES[one.state]
    if one.text:
        yield f"{one.text.name}, digest {one.text.sha256}"
    if one.step:
        yield f"{one.step.on.isoformat()}, {one.step.shown_by or one.step.by_name}"
        if one.step.note:
            yield one.step.note
