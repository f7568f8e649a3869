"""Records as the pages' values: the words for what a record says and for what happened to it."""

from __future__ import annotations

from django.urls import reverse

from preceptor.compliance.subjects.domain import title_of
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import MEDIA_NAMES, MEGABYTE, PICTURES
from preceptor.ui import words

from .. import pages
from ..domain import HOW_NAMES, KIND_NAMES, Entry, Said, Status


def title_of_entry(entry: Entry) -> str:
    """What was done, with its level."""
    return title_of(entry.subject_name, entry.level_name)


def word_of(entry: Entry) -> tuple[str, str]:
    """The symbol and the word for where a record stands."""
    if entry.withdrawn:
        return ("none", "Corrected" if entry.corrected_by else "Withdrawn")
    if entry.status is Status.PENDING:
        return ("wait", "Waiting to be accepted")
    return ("valid", "Accepted") if entry.status is Status.ACCEPTED else ("none", "Not accepted")


def row_of(entry: Entry) -> pages.RecordRow:
    """A record as one line of a list."""
    state, word = word_of(entry)
    said = entry.withdrawn or entry.decided
    return pages.RecordRow(
        title=title_of_entry(entry),
        on=entry.on,
        details=details_of(entry),
        state=state,
        word=word,
        reason=said.reason if said else "",
        href=reverse("records:record", args=[entry.id]),
        certificate=file_of(entry),
    )


def details_of(entry: Entry) -> str:
    """Kind, length, provider and last valid day in one line."""
    parts = [KIND_NAMES[entry.kind]]
    if entry.minutes:
        parts.append(words.minutes(entry.minutes))
    if entry.provider:
        parts.append(entry.provider)
    if entry.expires_on:
        parts.append(f"last valid day {words.day(entry.expires_on)}")
    return ", ".join(parts)


def file_of(entry: Entry) -> pages.FileShown | None:
    """The certificate of a record, if it has one."""
    if entry.certificate is None:
        return None
    kind = MEDIA_NAMES[entry.certificate.media_type]
    return pages.FileShown(
        entry.certificate.name,
        f"{kind}, {size_in_words(entry.certificate.size)}",
        reverse("records:certificate", args=[entry.id]),
        entry.certificate.media_type in PICTURES,
    )


def size_in_words(size: int) -> str:
    """The size of a file as people read it."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / 1024))} KB"


def facts_of(entry: Entry) -> tuple[pages.Fact, ...]:
    """What a record says, one thing to a line, nothing that is empty."""
    facts = (
        ("Finished on", words.day(entry.on)),
        ("Last valid day", words.day(entry.expires_on)),
        ("Kind", KIND_NAMES[entry.kind]),
        ("How long", words.minutes(entry.minutes) if entry.minutes else ""),
        ("With other people", "Yes" if entry.participatory else ""),
        ("Title", entry.title),
        ("Provider", entry.provider),
        ("How we know", HOW_NAMES[entry.how_known]),
        ("Note", entry.note),
    )
    return tuple(pages.Fact(name, said) for name, said in facts if said)


def history_of(entry: Entry) -> tuple[pages.HistoryLine, ...]:
    """Everything that happened to a record, in the order it happened."""
    first = "Imported" if entry.file_name else "Added"
    source = f" from {entry.file_name}" if entry.file_name else ""
    lines = [_line(f"{first}{source}", entry.recorded, elsewhere=entry.added_elsewhere)]
    if entry.decided:
        lines.append(_line("Accepted" if entry.status is Status.ACCEPTED else "Not accepted", entry.decided))
    if entry.withdrawn:
        lines.append(_line("Corrected" if entry.corrected_by else "Withdrawn", entry.withdrawn))
    return tuple(lines)


def _line(what: str, said: Said, *, elsewhere: bool = True) -> pages.HistoryLine:
    by = f" by {said.by}" if said.by else (" at another organisation" if elsewhere else "")
    return pages.HistoryLine(london_date(said.at), what + by, said.reason)
