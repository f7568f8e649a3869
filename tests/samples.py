"""Small files that are what they say they are: a page, a picture of one point, and a photo of eight by eight."""

from __future__ import annotations

from base64 import b64decode
from typing import Final

_BODY: Final = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>
endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>
endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>
endobj
"""
_PARTS: Final = [_BODY.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
PDF: Final = b"%sxref\n0 4\n0000000000 65535 f \n%strailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
    _BODY,
    b"".join(b"%010d 00000 n \n" % place for place in _PARTS),
    len(_BODY),
)
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
JPEG: Final = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////"
    "////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////"
    "////////////wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAbEAEAAAcAAAAAAAAAAAAAAAAAFCMx"
    "UWOBkf/EABQBAQAAAAAAAAAAAAAAAAAAAAH/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCcmHy7vygBD//Z"
)
