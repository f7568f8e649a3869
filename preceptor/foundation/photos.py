"""Takes the place a photo was taken at out of the file, and leaves the picture as it is."""

from __future__ import annotations

import struct
from typing import Final

_EXIF: Final = b"Exif\x00\x00"
_GPS_TAG: Final = 0x8825
_ENTRY: Final = 12
_XMP: Final = (b"<x:xmpmeta", b"</x:xmpmeta>")
_START_OF_SCAN: Final = 0xDA
_APP1: Final = 0xE1
_APP13: Final = 0xED
_PNG_HEAD: Final = 8
_PNG_WORDS: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt"})
# Far more than any camera writes: a file made to be slow to read is read no further.
_MOST_BLOCKS: Final = 16
_MOST_ENTRIES: Final = 512
_LONGEST_PLACE: Final = 64 * 1024
# Bytes taken by one value of each TIFF type.
_WIDTHS: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}


def without_location(content: bytes, media_type: str) -> bytes:
    """The same picture without the place it was taken at. What is not a photo, or has no such place, is left alone."""
    if media_type == "image/jpeg":
        return _without_exif_place(_jpeg_without_notes(content))
    if media_type == "image/png":
        return _png_without_notes(content)
    if media_type == "image/heic":
        return _without_exif_place(_without_xmp(content))
    return content


def _without_xmp(content: bytes) -> bytes:
    """The same bytes with blanks for every block of other programs' notes, so that nothing moves."""
    head, tail = _XMP
    blanked = bytearray(content)
    start = content.find(head)
    while start >= 0 and (end := content.find(tail, start)) >= 0:
        end += len(tail)
        blanked[start:end] = b" " * (end - start)
        start = content.find(head, end)
    return bytes(blanked)


def _jpeg_without_notes(content: bytes) -> bytes:
    """A JPEG without the segments that hold other programs' notes (XMP, IPTC); EXIF stays, for the picture's turn."""
    kept, position = [content[:2]], 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == _START_OF_SCAN:
            break
        end = position + 2 + int.from_bytes(content[position + 2 : position + 4], "big")
        body = content[position + 4 : end]
        if marker != _APP13 and not (marker == _APP1 and not body.startswith(_EXIF)):
            kept.append(content[position:end])
        position = end
    return b"".join(kept) + content[position:]


def _png_without_notes(content: bytes) -> bytes:
    """A PNG without the chunks that hold words and EXIF."""
    kept, position = [content[:_PNG_HEAD]], _PNG_HEAD
    while position + 8 <= len(content):
        end = position + 12 + int.from_bytes(content[position : position + 4], "big")
        if content[position + 4 : position + 8] not in _PNG_WORDS:
            kept.append(content[position:end])
        position = end
    return b"".join(kept)


def _without_exif_place(content: bytes) -> bytes:
    """The same bytes with every GPS directory of an EXIF block filled with noughts, so that nothing moves."""
    blanked = bytearray(content)
    position = content.find(_EXIF)
    for _ in range(_MOST_BLOCKS):
        if position < 0:
            break
        _blank_place(blanked, position + len(_EXIF))
        position = content.find(_EXIF, position + 1)
    return bytes(blanked)


def _blank_place(content: bytearray, start: int) -> None:
    order = {b"II": "<", b"MM": ">"}.get(bytes(content[start : start + 2]))
    if order is None:
        return
    try:
        (first,) = struct.unpack_from(f"{order}I", content, start + 4)
        for entry in _entries(content, start + first, order):
            tag, _, _, directory = struct.unpack_from(f"{order}HHII", content, entry)
            if tag == _GPS_TAG:
                _blank_directory(content, start, start + directory, order)
                return
    except struct.error:
        return  # a block cut short has no directory to read a place from


def _blank_directory(content: bytearray, start: int, directory: int, order: str) -> None:
    entries = _entries(content, directory, order)
    for entry in entries:
        _, kind, count, offset = struct.unpack_from(f"{order}HHII", content, entry)
        size = min(_WIDTHS.get(kind, 1) * count, _LONGEST_PLACE)
        if size > 4 and start + offset + size <= len(content):
            content[start + offset : start + offset + size] = bytes(size)
    for entry in entries:
        content[entry : entry + _ENTRY] = bytes(_ENTRY)
    content[directory : directory + 2] = bytes(2)


def _entries(content: bytearray, directory: int, order: str) -> range:
    (count,) = struct.unpack_from(f"{order}H", content, directory)
    return range(directory + 2, directory + 2 + min(count, _MOST_ENTRIES) * _ENTRY, _ENTRY)
