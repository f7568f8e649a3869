"""Stored files: kept outside the web root under the hash of their content, checked by content, not by name."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import models

from .actions import Refusal

MEGABYTE: Final = 1024 * 1024
MAX_BYTES: Final = 20 * MEGABYTE

# The first bytes of each kind we take, and how it is served back.
_KINDS: Final[tuple[tuple[str, str, int, tuple[bytes, ...]], ...]] = (
    ("PDF", "application/pdf", 0, (b"%PDF-",)),
    ("JPEG", "image/jpeg", 0, (b"\xff\xd8\xff",)),
    ("PNG", "image/png", 0, (b"\x89PNG\r\n\x1a\n",)),
    ("HEIC", "image/heic", 4, (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")),
)


class StoredFile(models.Model):
    """A file someone gave us. The bytes are on disk under the hash; this row says what they are and who brought them."""

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


def media_type_of(content: bytes, name: str) -> str:
    """The media type by the content's first bytes. Refuses what is empty, too large or not a kind we take."""
    if not content:
        raise Refusal(f"“{name}” is empty", field="certificate")
    if len(content) > MAX_BYTES:
        raise Refusal(f"“{name}” must be smaller than {MAX_BYTES // MEGABYTE} MB", field="certificate")
    for _, media_type, offset, heads in _KINDS:
        if content[offset:].startswith(heads):
            return media_type
    raise Refusal(f"Certificate must be a PDF, JPEG, PNG or HEIC. “{name}” is not", field="certificate")


def place_of(sha256: str) -> Path:
    """Where the bytes with this hash are kept."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def keep(content: bytes) -> str:
    """Writes the bytes under their hash, once, and returns the hash. A file already there is left as it is."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = place_of(sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        waiting = place.with_name(f"{sha256}.{uuid.uuid4().hex}")
        waiting.write_bytes(content)
        waiting.chmod(0o600)
        waiting.replace(place)
    return sha256
