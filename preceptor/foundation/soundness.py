"""Whether a picture or a document is whole: opened far enough to see that it is not damaged and not cut short."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_MOST_INFLATED: Final = 64 * 1024 * 1024

# Markers of a JPEG: those that start a frame, and those that stand alone within a scan.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END, _FILL = 0xDA, 0xD9, 0xFF
_NEXT_MARKER: Final = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")

_PDF_TAIL: Final = 2048
_PDF_END: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_PDF_TABLE: Final = re.compile(rb"\s*(?:xref|\d+\s+\d+\s+obj)")


def is_whole(content: bytes, media_type: str) -> bool:
    """Can the content be opened as what it says it is? Of kinds nothing is known of it is believed."""
    match media_type:
        case "image/png":
            return _is_png(content)
        case "image/jpeg":
            return _is_jpeg(content)
        case "application/pdf":
            return _is_pdf(content)
    return True


def pixels_of(content: bytes, media_type: str) -> int:
    """How many points a picture has once it is opened, however small the file; 0 of what is no whole picture."""
    match media_type:
        case "image/png" if content[12:16] == b"IHDR":
            return int.from_bytes(content[16:20], "big") * int.from_bytes(content[20:24], "big")
        case "image/jpeg":
            return _jpeg_pixels(content)
    return 0


def _jpeg_pixels(content: bytes) -> int:
    """What the first frame says, each segment before it passed over by its length."""
    position = 2
    while position + 9 <= len(content) and content[position] == _FILL:
        marker = content[position + 1]
        if marker in _FRAMES:
            high = int.from_bytes(content[position + 5 : position + 7], "big")
            return high * int.from_bytes(content[position + 7 : position + 9], "big")
        size = int.from_bytes(content[position + 2 : position + 4], "big")
        position += 1 if marker == _FILL else 2 + size
    return 0


def _is_png(content: bytes) -> bool:
    """Every chunk is there with its checksum, from the header to the end, and the picture in them can be unpacked."""
    kinds: list[bytes] = []
    unpacking = zlib.decompressobj()
    unpacked = 0
    try:
        for kind, body in _chunks(content):
            kinds.append(kind)
            if kind == b"IDAT" and unpacked < _MOST_INFLATED:
                unpacked += len(unpacking.decompress(body, _MOST_INFLATED - unpacked))
    except (ValueError, zlib.error):
        return False
    is_unpacked = unpacking.eof or unpacked >= _MOST_INFLATED
    return kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"] and unpacked > 0 and is_unpacked


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG up to its end. Raises where one is cut short or its checksum is wrong."""
    position, kind = len(_PNG_HEAD), b""
    while kind != b"IEND":
        size = int.from_bytes(content[position : position + 4], "big")
        end = position + 8 + size
        kind, body, told = content[position + 4 : position + 8], content[position + 8 : end], content[end : end + 4]
        if len(told) < 4 or zlib.crc32(kind + body) != int.from_bytes(told, "big"):
            raise ValueError(position)
        yield kind, body
        position = end + 4


def _is_jpeg(content: bytes) -> bool:
    """A frame with a size, a scan with something in it, and the end after it, each segment as long as it says."""
    position, has_frame, has_scan = 2, False, False
    while position + 4 <= len(content) + 2:
        if content[position : position + 1] != b"\xff":
            return False
        marker = content[position + 1] if position + 1 < len(content) else 0
        if marker == _FILL:
            position += 1
            continue
        if marker == _END:
            return has_frame and has_scan
        size = int.from_bytes(content[position + 2 : position + 4], "big")
        end = position + 2 + size
        if size < 2 or end > len(content):
            return False
        if marker in _FRAMES:
            has_frame = any(content[position + 5 : position + 7]) and any(content[position + 7 : position + 9])
        if marker == _SCAN:
            found = _NEXT_MARKER.search(content, end)
            if found is None or found.start() == end:
                return False
            has_scan, end = True, found.start(1) - 1
        position = end
    return False


def _is_pdf(content: bytes) -> bool:
    """Its last words say where the table of its parts is, and there it is."""
    ends = list(_PDF_END.finditer(content, max(0, len(content) - _PDF_TAIL)))
    if not ends:
        return False
    place = int(ends[-1][1])
    return place < len(content) and _PDF_TABLE.match(content, place) is not None
