"""Input about records, turned into domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from preceptor.compliance.subjects.domain import Named, named_by
from preceptor.foundation import tables
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import ACCEPTED, MAX_BYTES, MEGABYTE, media_type_of
from preceptor.register.people.domain import PersonId
from preceptor.ui.forms import Choice, Day, Form, LongText, Number, Pick, Text, Upload, uploaded
from preceptor.ui.words import count, listed

from .domain import (
    EARLIEST,
    HOW_NAMES,
    KIND_NAMES,
    LONGEST_MINUTES,
    Achievement,
    HowKnown,
    NotAllowedError,
    RecordKind,
)
from .domain.imports import Options, Unknown
from .domain.imports import Pick as NamePick

_LEAVE_OUT: Final = NamePick.LEAVE_OUT.value
_ASK: Final = NamePick.ASK.value
_YES_NO: Final = (("yes", "Yes"), ("no", "No"))
_MOST: Final = tables.MAX_BYTES // MEGABYTE
_MANAGERS_HOW: Final = (HowKnown.CERTIFICATE, HowKnown.COPY, HowKnown.OBSERVED, HowKnown.DECLARED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form says was done, how that is known, and why, when it corrects something."""

    achievement: Achievement
    how_known: HowKnown | None
    reason: str


class RecordForm(Form[Proposal]):
    """Something a person has done. The list of subjects is given as `code:level` with its name."""

    subject = Choice("What was it?", prompt="Choose", missing="Choose what it was")
    on = Day(
        "When did you finish it?",
        subject="Date finished",
        missing="Enter the date it was finished",
        hint="The date on the certificate. For example, 19 11 2026",
        earliest=EARLIEST,
    )
    shows_expiry = Pick(
        "Does the certificate show a last valid day?",
        choices=_YES_NO,
        inline=True,
        missing="Say whether the certificate shows a last valid day",
    )
    expires_on = Day("Last valid day", hint="For example, 19 11 2028", required=False)
    certificate = Upload(
        "Certificate",
        hint=f"A photo, PDF, JPEG, PNG or HEIC, up to {MAX_BYTES // MEGABYTE} MB. Location is removed from photos.",
        most_megabytes=MAX_BYTES // MEGABYTE,
        accept=ACCEPTED,
        required=False,
    )
    how_known = Pick(
        "How do you know?",
        choices=[(how.value, HOW_NAMES[how]) for how in _MANAGERS_HOW],
        missing="Say how you know",
    )
    kind = Choice("What kind of thing was it?", choices=[(kind.value, name) for kind, name in KIND_NAMES.items()])
    minutes = Number("Minutes it took", hint="If you know. For example, 90", required=False, width=4)
    participatory = Pick(
        "Did it involve other people?",
        hint="For example a workshop, a case discussion or a live webinar",
        choices=_YES_NO,
        required=False,
        inline=True,
    )
    title = Text("Title on the certificate", required=False, max_length=200)
    provider = Text("Who provided it", required=False, max_length=200)
    note = LongText("Note", hint="Anything whoever checks it should know", required=False, max_length=2000)
    reason = Text("Why are you correcting it?", missing="Say why you are correcting it", width=30, max_length=500)

    def __init__(
        self,
        *args: Any,
        today: date,
        subjects: Iterable[tuple[str, str]],
        own: bool,
        corrects: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        subject, on = self.fields["subject"], self.fields["on"]
        if isinstance(subject, Choice):
            subject.offer(subjects)
        if isinstance(on, Day):
            on.latest = today
            if not own:
                on.label = "When was it finished?"
        if own:
            del self.fields["how_known"]
        if not corrects:
            del self.fields["reason"]
        self.initial.setdefault("kind", RecordKind.COURSE.value)

    def clean_certificate(self) -> object:
        """Refuses by its content what is no certificate, before it is held anywhere."""
        file = self.cleaned_data["certificate"]
        if not isinstance(file, UploadedFile):
            return None
        name, content = uploaded(file)
        try:
            media_type_of(content, name)
        except Refusal as refused:
            raise ValidationError(refused.message) from refused
        file.seek(0)
        return file

    def clean_minutes(self) -> int | None:
        """Refuses a length no training has."""
        minutes: int | None = self.cleaned_data["minutes"]
        if minutes is not None and not 0 <= minutes <= LONGEST_MINUTES:
            raise ValidationError(f"Minutes must be between 0 and {LONGEST_MINUTES:,}")
        return minutes

    def clean(self) -> dict[str, Any]:
        """Refuses a last valid day that is missing or lies before the day it was done."""
        cleaned: dict[str, Any] = super().clean() or {}
        shows = cleaned.get("shows_expiry")
        if shows == "yes" and not cleaned.get("expires_on") and "expires_on" not in self.errors:
            self.refuse("expires_on", "Enter the last valid day the certificate shows")
        if shows == "no":
            cleaned["expires_on"] = None
            self.errors.pop("expires_on", None)
        if not self.errors:
            try:
                self._achievement(cleaned)
            except NotAllowedError as refused:
                self.refuse(refused.field, str(refused))
        return cleaned

    def build(self) -> Proposal:
        """What was done, as the form says it."""
        given = self.cleaned_data
        how = given.get("how_known")
        return Proposal(self._achievement(given), HowKnown(how) if how else None, given.get("reason", ""))

    def upload(self) -> tuple[str, bytes] | None:
        """The name and bytes of a certificate that came along and is good, also when other answers are not."""
        file = getattr(self, "cleaned_data", {}).get("certificate")
        return uploaded(file) if file else None

    def _achievement(self, given: dict[str, Any]) -> Achievement:
        subject, _, level = str(given["subject"]).rpartition(":")
        return Achievement(
            subject=subject,
            on=given["on"],
            level=int(level),
            kind=RecordKind(given["kind"]),
            minutes=given["minutes"] or 0,
            participatory=given["participatory"] == "yes",
            expires_on=given["expires_on"],
            title=given["title"].strip(),
            provider=given["provider"].strip(),
            note=given["note"].strip(),
        )


class ImportForm(Form[Options]):
    """A file of past training, and what is not in it."""

    file = Upload(
        "Your file",
        hint=f"CSV or Excel (XLSX), up to {_MOST} MB. Nothing is saved before you have seen what would change.",
        most_megabytes=_MOST,
        accept=".csv,.xlsx,text/csv",
        missing="Choose a file",
    )
    about = Choice(
        "Is the whole file about one person?",
        hint="Only if the file does not say whose records they are, as a download of one’s own record",
        prompt="No, it says whose they are",
        required=False,
    )
    leave_out_unknown = Pick(
        "What about training that is not in the list of subjects?",
        choices=(("no", "Tell me about it, and import nothing yet"), ("yes", "Leave those lines out")),
        missing="Say what to do with training that is not in the list",
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        about = self.fields["about"]
        if isinstance(about, Choice):
            about.offer(people)
        self.initial.setdefault("leave_out_unknown", "no")

    def build(self) -> Options:
        """What was said about the file."""
        about = self.cleaned_data["about"]
        return Options(
            PersonId(UUID(about)) if about else None, leave_out_unknown=self.cleaned_data["leave_out_unknown"] == "yes"
        )

    def upload(self) -> tuple[str, bytes]:
        """The name and bytes of the file."""
        return uploaded(self.cleaned_data["file"])


NamesPicked = Mapping[str, tuple[NamePick, Named | None]]


class NamesForm(Form[NamesPicked]):
    """What each unknown name of a file is: a subject, nothing that is kept here, or a question to the hub.

    What is likely stands first in each list, and nothing is chosen beforehand. A name may be left for later.
    """

    def __init__(
        self, *args: Any, unknown: Sequence[Unknown], subjects: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.words = {f"name_{number}": one.words for number, one in enumerate(unknown)}
        offered = list(subjects)
        for number, one in enumerate(unknown):
            first = [(f"{each.means.subject}:{each.means.level}", f"{each.title} (likely)") for each in one.likely]
            likely = {value for value, _ in first}
            field = Choice(
                f"“{one.words}”, {count(one.count, 'line')}", hint=_why(one), prompt="Decide later", required=False
            )
            others = [line for line in offered if line[0] not in likely]
            field.offer([*first, (_LEAVE_OUT, "Leave it out, also next time"), (_ASK, "Ask the hub"), *others])
            self.fields[f"name_{number}"] = field

    def clean(self) -> dict[str, Any]:
        """Refuses an answer that decides nothing."""
        given = super().clean() or {}
        if not any(given.values()) and not self.errors:
            self.add_error(None, "Say what at least one of the names is")
        return given

    def build(self) -> NamesPicked:
        """What was said of each name that something was said of."""
        said = {self.words[name]: chosen for name, chosen in self.cleaned_data.items() if chosen}
        return {words: _picked(chosen) for words, chosen in said.items()}


def _picked(chosen: str) -> tuple[NamePick, Named | None]:
    if chosen in {_LEAVE_OUT, _ASK}:
        return NamePick(chosen), None
    return NamePick.SUBJECT, named_by(chosen)


def _why(one: Unknown) -> str:
    """Why something is likely, in words; and that nothing is, when nothing is."""
    if not one.likely:
        return "No subject here has a word in common with it"
    reasons = [f"{each.title}, as “{each.name}” has {listed(each.words)} too" for each in one.likely]
    return f"It may be {listed(reasons, 'or')}"


class RefuseForm(Form[str]):
    """Why a record is not accepted."""

    reason = LongText("Why do you not accept it?", missing="Say why you do not accept it", max_length=1000)

    def build(self) -> str:
        """The reason."""
        return str(self.cleaned_data["reason"]).strip()


class WithdrawForm(Form[str]):
    """Why a record is taken back."""

    reason = LongText("Why are you withdrawing it?", missing="Say why you are withdrawing it", max_length=1000)

    def build(self) -> str:
        """The reason."""
        return str(self.cleaned_data["reason"]).strip()
