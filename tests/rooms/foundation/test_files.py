"""Files: held for a day, stored under their hash, checked by content, served so that they can do nothing."""

import hashlib
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import (
    MAX_BYTES,
    HeldFile,
    StoredFile,
    answer_with,
    clean_name,
    content_of,
    forget_held,
    held,
    hold,
    keep,
    media_type_of,
    place_of,
    store,
)
from preceptor.foundation.gates import acting
from tests.samples import JPEG, PDF, PNG

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Files of this test alone."""
    settings.FILES_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (b"\x00\x00\x00\x18ftypheic a photo", "image/heic"),
    ],
)
def test_the_kind_is_told_by_the_content_and_not_by_the_name(content: bytes, media_type: str) -> None:
    assert media_type_of(content, "certificate.docx") == media_type


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "“fire.pdf” is empty"),
        (b"x" * (MAX_BYTES + 1), "“fire.pdf” must be smaller than 20 MB"),
        (b"<html><script>", "Certificate must be a PDF, JPEG, PNG or HEIC. “fire.pdf” is not"),
        (b" %PDF-1.4", "Certificate must be a PDF"),
        (PDF[:-40], "“fire.pdf” is damaged or incomplete and cannot be opened. Check that it opens"),
        (JPEG[:-40], "is damaged or incomplete"),
        (PNG[:-40], "is damaged or incomplete"),
        (b"\x00\x00\x00\x18ftypmp42", "Certificate must be a PDF"),
    ],
)
def test_what_is_empty_too_large_or_of_another_kind_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Refusal, match=message) as refused:
        media_type_of(content, "fire.pdf")

    assert refused.value.field == "certificate"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("fire.pdf", "fire.pdf"),
        ("C:\\scans\\fire.pdf", "fire.pdf"),
        ("../../etc/passwd", "passwd"),
        ("fi\x00re\r\n.pdf", "fire.pdf"),
        ("", "file"),
        ("folder/", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_name_loses_its_folders_and_what_no_name_should_hold(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_held_file_is_there_for_a_day_for_our_eyes_only(folder: Path) -> None:
    file = hold(PDF, "fire.pdf", NOW)

    place = folder / "held" / file.sha256
    assert file == HeldFile("fire.pdf", hashlib.sha256(PDF).hexdigest())
    assert held(file) == PDF
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert forget_held(NOW + timedelta(hours=23)) == 0
    hold(b"another", "list.csv", NOW + timedelta(hours=25))
    assert held(file) is None


def test_holding_again_starts_the_day_anew() -> None:
    hold(PDF, "fire.pdf", NOW)
    file = hold(PDF, "fire.pdf", NOW + timedelta(hours=20))

    assert forget_held(NOW + timedelta(hours=30)) == 0
    assert held(file) == PDF


@pytest.mark.parametrize("sha256", ["", "../secret-key", "0" * 63, "A" * 64])
def test_no_name_becomes_a_path(folder: Path, sha256: str) -> None:
    (folder / "secret-key").write_text("secret")
    (folder / "held").mkdir()

    assert held(HeldFile("fire.pdf", sha256)) is None
    with pytest.raises(ValueError, match="SHA-256"):
        place_of(sha256)


def test_a_stored_file_is_kept_under_its_hash_with_who_brought_it(db: None, folder: Path) -> None:
    with acting():
        row = store(hold(PDF, "fire.pdf", NOW), at=NOW, by=None)

    place = folder / row.sha256[:2] / row.sha256
    assert place.read_bytes() == PDF
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert (row.name, row.media_type, row.size, row.stored_at) == ("fire.pdf", "application/pdf", len(PDF), NOW)
    assert content_of(row) == PDF


def test_one_content_is_kept_once_and_never_written_over(folder: Path) -> None:
    first = keep(PDF)
    before = place_of(first).stat().st_mtime_ns

    assert keep(PDF) == first
    assert place_of(first).stat().st_mtime_ns == before
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [first]


def test_a_file_that_was_forgotten_meanwhile_is_asked_for_again(db: None) -> None:
    with acting(), pytest.raises(Refusal, match="was not used in time"):
        store(HeldFile("fire.pdf", "0" * 64), at=NOW, by=None)

    assert StoredFile.objects.count() == 0


def test_content_that_changed_on_disk_is_a_fault(db: None) -> None:
    with acting():
        row = store(hold(PDF, "fire.pdf", NOW), at=NOW, by=None)
    place_of(row.sha256).write_bytes(b"%PDF-1.4 forged")

    with pytest.raises(OSError, match="has changed on disk"):
        answer_with(row)


@pytest.mark.parametrize(
    ("content", "name", "disposition"),
    [
        (PDF, 'a "b".pdf', 'attachment; filename="a \\"b\\".pdf"'),
        (b"\x00\x00\x00\x18ftypheic", "photo.heic", 'attachment; filename="photo.heic"'),
        (JPEG, "photo.jpg", 'inline; filename="photo.jpg"'),
    ],
)
def test_a_browser_shows_pictures_alone_and_runs_nothing(db: None, content: bytes, name: str, disposition: str) -> None:
    with acting():
        row = store(hold(content, name, NOW), at=NOW, by=None)

    response = answer_with(row)

    assert response.content == content
    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("sha256", "x" * 64, "stored_file_hash"),
        ("size", 0, "stored_file_size"),
        ("size", MAX_BYTES + 1, "stored_file_size"),
    ],
)
def test_the_database_refuses_an_impossible_file(db: None, column: str, value: object, constraint: str) -> None:
    columns: dict[str, object] = {"sha256": "0" * 64, "name": "a", "media_type": "image/png", "size": 1}

    with acting(), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StoredFile.objects.create(stored_at=NOW, **(columns | {column: value}))
