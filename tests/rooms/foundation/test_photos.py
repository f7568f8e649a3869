"""The place a photo was taken at leaves the file; the picture and the way it is turned stay."""

import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest

from preceptor.foundation.photos import without_location

LATITUDE = struct.pack(">6I", 51, 1, 30, 1, 26, 1)
TURNED = 6


def _exif(order: str) -> bytes:
    """A small EXIF block: which way up (0x0112), and a GPS directory (0x8825) with a latitude outside its entry."""
    head = (b"MM" if order == ">" else b"II") + struct.pack(f"{order}HI", 42, 8)
    gps_at = 8 + 2 + 2 * 12 + 4
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, TURNED, 0) + struct.pack(f"{order}HHII", 0x8825, 4, 1, gps_at)
    latitude_at = gps_at + 2 + 2 * 12 + 4
    places = struct.pack(f"{order}HHI4s", 1, 2, 2, b"N\0\0\0") + struct.pack(f"{order}HHII", 2, 5, 3, latitude_at)
    first = struct.pack(f"{order}H", 2) + entries + bytes(4)
    second = struct.pack(f"{order}H", 2) + places + bytes(4)
    return b"Exif\0\0" + head + first + second + LATITUDE


@contextmanager
def _at_most(calls: int) -> Iterator[None]:
    """Fails as soon as more functions were called, however fast they are."""
    made = count()

    def counts(*_: object) -> None:
        if next(made) > calls:
            sys.setprofile(None)
            pytest.fail(f"more than {calls} calls")

    sys.setprofile(counts)
    try:
        yield
    finally:
        sys.setprofile(None)


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


SCAN = b"\xff\xda\x00\x02 the picture itself \xff\xe1 is not looked at \xff\xd9"
JFIF = _segment(0xE0, b"JFIF\0 and so on")


@pytest.mark.parametrize("order", [">", "<"])
def test_a_photo_keeps_how_it_is_turned_and_loses_where_it_was_taken(order: str) -> None:
    photo = b"\xff\xd8" + JFIF + _segment(0xE1, _exif(order)) + SCAN

    cleaned = without_location(photo, "image/jpeg")

    assert len(cleaned) == len(photo)
    assert LATITUDE in photo
    assert LATITUDE not in cleaned
    assert struct.pack(f"{order}HHIHH", 0x0112, 3, 1, TURNED, 0) in cleaned
    assert struct.pack(f"{order}HHI4s", 1, 2, 2, b"N\0\0\0") not in cleaned
    assert cleaned.endswith(SCAN)
    assert without_location(cleaned, "image/jpeg") == cleaned


def test_other_programs_notes_leave_a_photo() -> None:
    xmp = _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>London</x:xmpmeta>")
    iptc = _segment(0xED, b"Photoshop 3.0\0London")

    assert without_location(b"\xff\xd8" + JFIF + xmp + iptc + SCAN, "image/jpeg") == b"\xff\xd8" + JFIF + SCAN


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_a_picture_loses_its_words_and_its_exif() -> None:
    head, ends = b"\x89PNG\r\n\x1a\n", _chunk(b"IEND", b"")
    dots = _chunk(b"IHDR", b"\0" * 13) + _chunk(b"IDAT", b"dots")
    notes = (
        _chunk(b"tEXt", b"Comment\0London") + _chunk(b"iTXt", b"XML:com.adobe.xmp") + _chunk(b"eXIf", _exif(">")[6:])
    )

    assert without_location(head + notes + dots + ends, "image/png") == head + dots + ends


def test_a_phone_photo_keeps_its_length_and_loses_the_place() -> None:
    photo = b"\0\0\0\x18ftypheic" + b"boxes" + _exif(">") + b"<x:xmpmeta>London</x:xmpmeta>" + b"more"

    cleaned = without_location(photo, "image/heic")

    assert len(cleaned) == len(photo)
    assert LATITUDE not in cleaned
    assert b"London" not in cleaned
    assert cleaned.endswith(b"more")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.4 Exif\0\0MM", "application/pdf"),
        (b"\xff\xd8" + SCAN, "image/jpeg"),
        (b"\xff\xd8" + JFIF, "image/jpeg"),
        (b"\xff\xd8", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_what_holds_no_place_is_left_alone(content: bytes, media_type: str) -> None:
    assert without_location(content, media_type) == content


@pytest.mark.parametrize("length", range(0, 110, 7))
def test_a_photo_cut_short_is_no_fault(length: int) -> None:
    block = _exif("<")[:length]

    cleaned = without_location(b"\0\0\0\x18ftypheic" + block, "image/heic")

    assert len(cleaned) == len(block) + 12


def test_a_file_made_to_be_slow_to_read_is_read_no_further() -> None:
    """Each of these took minutes for a megabyte once: ten thousand blocks that each lead through the whole file."""
    notes = b"\0\0\0\x18ftypheic" + b"<x:xmpmeta" * 100_000
    directory = b"II" + struct.pack("<HIH", 42, 8, 65_535) + struct.pack("<HHII", 0x8825, 4, 1, 8) * 65_535
    blocks = b"\xff\xd8" + SCAN + b"Exif\0\0" + directory + (b"Exif\0\0" + directory[:10]) * 10_000

    with _at_most(calls=200_000):
        without_location(notes, "image/heic")
        without_location(blocks, "image/jpeg")
