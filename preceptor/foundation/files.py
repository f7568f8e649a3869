"""Stored files: kept outside the web root under the hash of their content, checked by content, not by name.

A file comes in two steps. It is *held* for a day while the person who brought it finishes a form or looks at a preview;
an action then *stores* it, which makes the row that says what it is and who brought it.
"""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .actions import Refusal
from .photos import without_location
from .soundness import is_whole

MEGABYTE: Final = 1024 * 1024
MAX_BYTES: Final = 20 * MEGABYTE
HELD_FOR: Final = timedelta(days=1)

# The first bytes of each kind we take, and how it is served back.
_KINDS: Final[tuple[tuple[str, str, int, tuple[bytes, ...]], ...]] = (
    ("PDF", "application/pdf", 0, (b"%PDF-",)),
    ("JPEG", "image/jpeg", 0, (b"\xff\xd8\xff",)),
    ("PNG", "image/png", 0, (b"\x89PNG\r\n\x1a\n",)),
    ("HEIC", "image/heic", 4, (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")),
)
MEDIA_NAMES: Final = {media_type: name for name, media_type, _, _ in _KINDS}
ACCEPTED: Final = ".pdf,.jpg,.jpeg,.png,.heic,application/pdf,image/jpeg,image/png,image/heic"

# What a browser may draw itself. A PDF is not among them: its viewer does not work in a sandbox, so it is downloaded.
PICTURES: Final = frozenset({"image/jpeg", "image/png"})

_AGAIN: Final = "Check that it opens on your own device, then choose it again"

_HASH: Final = re.compile(r"^[0-9a-f]{64}$")
_LONGEST_NAME: Final = 200


class StoredFile(models.Model):
    """A file someone gave us: the bytes are on disk under the hash, the row says what they are and who brought them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    stored_at = models.DateTimeField()
    stored_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_file_hash"),
            models.CheckConstraint(condition=models.Q(size__gt=0, size__lte=MAX_BYTES), name="stored_file_size"),
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that waits to be used: what it was called, and the hash it is held under."""

    name: str
    sha256: str


def kind_of(content: bytes) -> str:
    """The media type by how the content begins; empty for a kind we take nowhere."""
    return next((media for _, media, offset, heads in _KINDS if content[offset:].startswith(heads)), "")


def media_type_of(content: bytes, name: str) -> str:
    """The media type by the content. Refuses what is empty, too large, not a kind we take, or damaged or cut short."""
    if not content:
        raise Refusal(f"“{name}” is empty", field="certificate")
    if len(content) > MAX_BYTES:
        raise Refusal(f"“{name}” must be smaller than {MAX_BYTES // MEGABYTE} MB", field="certificate")
    media_type = kind_of(content)
    if not media_type:
        raise Refusal(f"Certificate must be a PDF, JPEG, PNG or HEIC. “{name}” is not", field="certificate")
    if not is_whole(content, media_type):
        raise Refusal(f"“{name}” is damaged or incomplete and cannot be opened. {_AGAIN}", field="certificate")
    return media_type


def clean_name(name: str) -> str:
    """A file's name without its folders and without what no name should hold, cut in the middle if it is very long."""
    bare = re.split(r"[\\/]", name)[-1]
    kept = "".join(letter for letter in bare if letter.isprintable()).strip() or "file"
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > _LONGEST_NAME and dot and len(ending) <= 10:
        return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return kept[:_LONGEST_NAME]


def place_of(sha256: str) -> Path:
    """Where the bytes with this hash are kept. Refuses what is not a hash, so that no name becomes a path."""
    if not _HASH.match(sha256):
        message = "a file is kept under the SHA-256 of its content"
        raise ValueError(message)
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def hold(content: bytes, name: str, at: datetime) -> HeldFile:
    """Keeps a file for a day while it is looked at, and forgets those held for longer."""
    folder = _held_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    forget_held(at)
    sha256 = hashlib.sha256(content).hexdigest()
    _write(folder / sha256, content)
    os.utime(folder / sha256, (at.timestamp(), at.timestamp()))
    return HeldFile(clean_name(name), sha256)


def held(file: HeldFile) -> bytes | None:
    """The content of a held file, or None once it has been forgotten."""
    if not _HASH.match(file.sha256):
        return None
    place = _held_folder() / file.sha256
    return place.read_bytes() if place.is_file() else None


def forget_held(at: datetime) -> int:
    """Removes the files held for longer than a day. Says how many."""
    oldest = (at - HELD_FOR).timestamp()
    removed = 0
    for place in _held_folder().glob("*"):
        try:
            if place.stat().st_mtime < oldest:
                place.unlink()
                removed += 1
        except FileNotFoundError:
            continue  # someone else was quicker
    return removed


def store(file: HeldFile, *, at: datetime, by: uuid.UUID | None) -> StoredFile:
    """Makes a held file a stored one, without the place a photo was taken at. Refuses what is no kind we take."""
    content = held(file)
    if content is None:
        raise Refusal(f"“{file.name}” was not used in time. Choose it again", field="certificate")
    media_type = media_type_of(content, file.name)
    content = without_location(content, media_type)
    return StoredFile.objects.create(
        sha256=keep(content),
        name=file.name,
        media_type=media_type,
        size=len(content),
        stored_at=at,
        stored_by=by,
    )


def keep(content: bytes) -> str:
    """Writes the bytes under their hash, once, and returns the hash. A file already there is left as it is."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = place_of(sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(place, content)
    return sha256


def content_of(file: StoredFile) -> bytes:
    """The bytes of a stored file, which must still be those that were stored."""
    content = place_of(file.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        message = f"the content of file {file.pk} has changed on disk"
        raise OSError(message)
    return content


def answer_with(file: StoredFile) -> HttpResponse:
    """The response that hands a stored file to a browser and lets it do nothing there: never as a page of ours."""
    response = HttpResponse(content_of(file), content_type=file.media_type)
    disposition = content_disposition_header(file.media_type not in PICTURES, file.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _held_folder() -> Path:
    return Path(settings.FILES_ROOT) / "held"


def _write(place: Path, content: bytes) -> None:
    """Writes a file whole or not at all, for our eyes only."""
    waiting = place.with_name(f"{place.name}.{uuid.uuid4().hex}")
    waiting.touch(mode=0o600)
    waiting.write_bytes(content)
    waiting.replace(place)
