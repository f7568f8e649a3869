"""What the pages about one's own skill, about signing and about assessors show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final

from django.urls import reverse

from preceptor.compliance.standing.domain.tags import tag_of
from preceptor.foundation.dates import london_date, london_time
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page, StatusTag
from preceptor.ui.words import clock, day, listed

from ..domain import Framework, Skill
from ..domain.framework import SHOWN_WORDS, Shown
from ..domain.matrix import Held
from ..domain.signing import NOW_WORDS, Logged, Open, OwnSkill, Rating, SeenIn, Signed
from .framework import VariantRow
from .held import variants_of

_UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_IDENTIFIED: Final = re.compile(rf" \({_UUID}\)$")
_KEY: Final = re.compile(rf" \([a-z0-9-]+\), framework version {_UUID}$")
_INVITED: Final = re.compile(r"(?<= on )\d{4}-\d{2}-\d{2}(?= by a link to )")


@dataclass(frozen=True, slots=True)
class SignedRow:
    """A signature in one sentence, and where all of it is read."""

    href: str
    title: str
    meta: str
    remark: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Whom I asked to sign and when, by the identifier of what I asked."""

    id: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage(Page):
    """One skill of mine: what I said, who signed, and what I can do next."""

    template: ClassVar[str] = "skills/own.jinja"

    code: str
    key: str
    expected: str
    tag: StatusTag | None
    state: str
    said: str
    words: str
    waiting: tuple[WaitingRow, ...]
    may_ask: bool
    log: str
    logged: tuple[str, ...]
    times: int
    signed: tuple[SignedRow, ...]
    answers: tuple[str, ...]
    before: tuple[str, ...]
    skill_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage(Page):
    """Whom to ask for a signature."""

    template: ClassVar[str] = "skills/ask.jinja"

    form: Form[str]
    has_assessors: bool
    invite_href: str
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyAskedPage(Page):
    """Why nobody can be asked for a signature now."""

    template: ClassVar[str] = "skills/nobody_asked.jinja"

    why: str
    skill_href: str


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Something I was asked to sign for."""

    href: str
    title: str
    meta: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage(Page):
    """Everything I was asked to sign for."""

    template: ClassVar[str] = "skills/asked.jinja"

    rows: tuple[AskedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPage(Page):
    """What was said, what to look for, and the signature."""

    template: ClassVar[str] = "skills/sign.jinja"

    who: str
    skill: str
    said: str
    words: str
    variants: tuple[VariantRow, ...]
    logged: tuple[str, ...]
    records: tuple[str, ...]
    times: int
    form: Form[object]
    is_outside: bool
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePage(Page):
    """A signature as it was given, with the digest of its text."""

    template: ClassVar[str] = "skills/signature.jinja"

    who: str
    lines: tuple[tuple[str, str], ...]
    text: str
    sha256: str
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThankYouPage(Page):
    """What somebody outside sees when they have answered, or when the link does not work."""

    template: ClassVar[str] = "skills/thank_you.jinja"

    said: str


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Somebody named for a skill."""

    id: int
    name: str
    meta: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorsPage(Page):
    """Who may sign for a skill here."""

    template: ClassVar[str] = "skills/assessors.jinja"

    code: str
    key: str
    skill: str
    able: tuple[tuple[str, str], ...]
    named: tuple[NamedRow, ...]
    form: Form[object]


def own_page(
    code: str,
    skill: Skill,
    framework: Framework,
    own: OwnSkill,
    held: Held | None,
    used: Sequence[SeenIn] = (),
) -> OwnPage:
    """The page of one skill of one's own."""
    rating, twice = own.rating, _twice(own)
    term = framework.term(held.level) if held else None
    return OwnPage(
        title=skill.title,
        back=Link("My skills", reverse("skills:mine")),
        code=code,
        key=skill.key,
        expected=f"{term.name}. {term.means}" if term else "",
        tag=tag_of(held.verdict) if held else None,
        state=_state(own, twice),
        said=said_words(rating, framework, twice) if rating else "",
        words=rating.said.words if rating else "",
        waiting=tuple(
            WaitingRow(str(one.id), f"{one.assessor_name}, asked on {day(one.asked_on)}") for one in own.asked
        ),
        may_ask=not own.refused,
        log=f"{len(own.logged)} of {skill.times} logged" if skill.times else "",
        logged=tuple(logged_words(one) for one in own.logged),
        times=skill.times,
        signed=tuple(_signed_row(one, own, used, twice) for one in own.signed),
        answers=tuple(f"{one.assessor} on {day(one.on)}: {one.words}" for one in own.answers),
        before=tuple(said_words(one, framework, twice) for one in own.ratings[1:]),
        skill_href=reverse("skills:skill", args=[code, skill.key]),
    )


def said_words(rating: Rating, framework: Framework, twice: Collection[date] = ()) -> str:
    """What somebody said of a skill, in a sentence; with the time of day on days on which they spoke of it twice."""
    need = framework.term(rating.said.need).name
    now = NOW_WORDS[rating.said.now]
    return f"On {_when(rating.at, twice)}: “{now}”. Needed: {need[:1].lower()}{need[1:]}."


def logged_words(one: Logged) -> str:
    """A logged procedure in a line."""
    note = f". {one.note}" if one.note else ""
    return f"{day(one.on)}, supervised by {one.supervisor}{note}{'' if one.counts else ' (counts once signed)'}"


def _twice(own: OwnSkill) -> frozenset[date]:
    """The days on which somebody spoke of a skill more than once."""
    days = Counter(london_date(one.at) for one in own.ratings)
    return frozenset(on for on, times in days.items() if times > 1)


def _when(at: datetime, twice: Collection[date]) -> str:
    on = london_date(at)
    return f"{day(on)} at {clock(london_time(at))}" if on in twice else day(on)


def _state(own: OwnSkill, twice: Collection[date]) -> str:
    """Whether the last word is signed for, in a sentence."""
    rating, signature = own.rating, own.signature
    if rating is None:
        return "You have not said yet how well you do this."
    if own.is_signed:
        return f"What you said on {_when(rating.at, twice)} is signed for."
    if signature is not None:
        then = _when(signature.rated_at, twice)
        return f"Signed for what you said on {then}; you have since changed it. What you say now is not signed for."
    return "Nobody has signed for this yet."


def _signed_row(one: Signed, own: OwnSkill, used: Sequence[SeenIn], twice: Collection[date]) -> SignedRow:
    changed = own.rating is not None and one.rating != own.rating.id
    said = f"For what you said on {_when(one.rated_at, twice)}"
    remark = f"{said}; you have since changed it" if changed else said
    if one.system and used and one.system not in {here.code for here in used}:
        remark += f". It was seen in another system: {listed([here.name for here in used])} is used here now"
    return SignedRow(
        reverse("skills:signature", args=[one.id]),
        f"{one.assessor}, {day(one.signed_on)}",
        (f"Valid until {day(one.expires_on)}" if one.expires_on else "No end date")
        + (". Withdrawn" if one.withdrawn else ""),
        remark,
    )


def asked_page(asked: Iterable[tuple[Open, Skill]]) -> AskedPage:
    """The page of everything one was asked to sign for."""
    return AskedPage(
        title="Asked of you",
        back=Link("My skills", reverse("skills:mine")),
        rows=tuple(
            AskedRow(
                reverse("skills:sign", args=[one.id]),
                f"{one.person_name}: {skill.title}",
                f"{one.place}. Asked on {day(one.asked_on)}",
            )
            for one, skill in asked
        ),
    )


def sign_page(
    asked: Open,
    skill: Skill,
    framework: Framework,
    logged: Sequence[Logged],
    form: Form[object],
    systems: Mapping[str, str],
    *,
    is_outside: bool = False,
) -> SignPage:
    """The page on which an assessor answers, with what differs in the systems the place uses."""
    return SignPage(
        title=f"Sign for {asked.person_name}",
        back=None if is_outside else Link("Asked of you", reverse("skills:asked")),
        who=f"{asked.person_name}, {asked.place}",
        skill=skill.title,
        said=said_words(asked.rating, framework),
        words=asked.rating.said.words,
        variants=variants_of(skill, systems),
        logged=tuple(logged_words(one) for one in logged),
        records=tuple(str(one.record) for one in logged),
        times=skill.times,
        form=form,
        is_outside=is_outside,
        cancel_href="" if is_outside else reverse("skills:asked"),
    )


def signature_page(one: Signed, who: str) -> SignaturePage:
    """The page of a signature: its text line by line in people's words, the text itself, and its digest."""
    return SignaturePage(
        title=f"Signed by {one.assessor}",
        back=Link("My skills", reverse("skills:mine")),
        who=who,
        lines=tuple(_read(line) for line in one.content.splitlines()[1:]),
        text=one.content,
        sha256=one.sha256,
        withdrawn=one.withdrawn,
    )


def _read(line: str) -> tuple[str, str]:
    """A line of a signed text as it is read: what this software wrote in words, what people wrote to the letter."""
    name, _, value = line.partition(": ")
    if name == "Person":
        value = _IDENTIFIED.sub("", value)
    elif name == "Skill":
        value = _KEY.sub("", value)
    elif name == "Shown by" and value in set(Shown):
        value = SHOWN_WORDS[Shown(value)]
    elif name == "Logged":
        first, _, rest = value.partition(", ")
        value = f"{_day(first)}, {_IDENTIFIED.sub('', rest)}"
    elif name == "Entitled":
        value = _INVITED.sub(lambda found: _day(found[0]), value, count=1)
    elif name in {"Signed on", "Valid until"}:
        value = _day(value)
    elif name.startswith("Said on "):
        name = f"Said on {_day(name.removeprefix('Said on '))}"
    return name, value


def _day(words: str) -> str:
    """A day in words; anything else as it is."""
    try:
        return day(date.fromisoformat(words))
    except ValueError:
        return words
