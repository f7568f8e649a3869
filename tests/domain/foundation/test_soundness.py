"""Whether pictures and documents are whole."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.foundation.soundness import is_whole, pixels_of
from tests.samples import JPEG, PDF, PNG

SAMPLES = {"application/pdf": PDF, "image/png": PNG, "image/jpeg": JPEG}


@pytest.mark.parametrize("media_type", SAMPLES)
def test_what_can_be_opened_is_whole_also_with_something_after_it(media_type: str) -> None:
    assert is_whole(SAMPLES[media_type], media_type)
    assert is_whole(SAMPLES[media_type] + b"\n\n", media_type)


@pytest.mark.parametrize("media_type", SAMPLES)
def test_cut_short_anywhere_it_is_not(media_type: str) -> None:
    content = SAMPLES[media_type].rstrip()

    assert [cut for cut in range(len(content)) if is_whole(content[:cut], media_type)] == []


def test_a_picture_says_how_large_it_is_when_it_is_opened() -> None:
    assert [pixels_of(SAMPLES[one], one) for one in SAMPLES] == [0, 1, 64]


@given(st.integers(8, len(PNG) - 1), st.integers(1, 255))
def test_a_picture_with_one_wrong_byte_is_not_whole(place: int, change: int) -> None:
    damaged = bytearray(PNG)
    damaged[place] ^= change

    assert not is_whole(bytes(damaged), "image/png")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


@pytest.mark.parametrize(
    "chunks",
    [
        _chunk(b"IEND", b""),
        _chunk(b"IDAT", zlib.compress(b"\0\0")) + _chunk(b"IEND", b""),
        PNG[8:33] + _chunk(b"IEND", b""),
        PNG[8:33] + _chunk(b"IDAT", b"not packed") + _chunk(b"IEND", b""),
        PNG[8:33] + _chunk(b"IDAT", zlib.compress(bytes(500))[:-5]) + _chunk(b"IEND", b""),
    ],
    ids=["nothing", "no header", "no picture", "no packed picture", "a picture cut short"],
)
def test_a_picture_whose_chunks_make_no_picture_is_not_whole(chunks: bytes) -> None:
    assert not is_whole(PNG[:8] + chunks, "image/png")


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8 a photo",
        JPEG.replace(b"\xff\xc0\x00\x11\x08\x00\x08\x00\x08", b"\xff\xc0\x00\x11\x08\x00\x00\x00\x08"),
        JPEG[: JPEG.index(b"\xff\xda") + 14] + b"\xff\xd9",
        JPEG.replace(b"\xff\xda\x00\x0c", b"\xff\xda\x00\x00"),
    ],
    ids=["nothing", "no segments", "no height", "an empty scan", "a scan without a length"],
)
def test_a_photo_without_a_picture_is_not_whole(content: bytes) -> None:
    assert not is_whole(content, "image/jpeg")


def test_a_photo_may_have_filling_between_its_segments_and_several_scans() -> None:
    start = JPEG.index(b"\xff\xda")
    scan = JPEG[start:-2]

    assert is_whole(JPEG[:start] + b"\xff\xff" + scan + scan + b"\xff\xd9", "image/jpeg")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4 a certificate",
        PDF.replace(b"startxref\n", b"startxref\n9"),
        PDF.replace(b"xref\n0 4", b"xxxx\n0 4"),
        PDF.replace(b"%%EOF", b""),
        PDF + b"x" * 4096,
    ],
    ids=["no end", "a table that lies outside", "no table", "no last word", "an end far before the end"],
)
def test_a_document_whose_end_leads_nowhere_is_not_whole(content: bytes) -> None:
    assert not is_whole(content, "application/pdf")


def test_of_other_kinds_nothing_is_known() -> None:
    assert is_whole(b"ftypheic", "image/heic")
