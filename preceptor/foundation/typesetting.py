"""PDF that people and their screen readers can read: typeset from a template and data, tagged to PDF/UA-1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings

MEDIA_TYPE: Final = "application/pdf"


def typeset(template: str, data: Mapping[str, object], at: datetime) -> bytes:
    """The PDF that a template, named by its path below the package, makes of data.

    The same template, data and moment make the same bytes: only fonts that come with the typesetter are used, and the
    moment is the document's own date. Data are values to the template, never markup. Raises when the result would not
    be accessible, as the standard defines it.
    """
    import typst

    compiler = typst.Compiler(
        (Path(settings.HOUSE) / "preceptor" / template).read_bytes(),
        ignore_system_fonts=True,
        sys_inputs={"data": msgspec.json.encode(data).decode()},
    )
    made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=at.replace(microsecond=0))
    if not isinstance(made, bytes):
        message = f"{template} made no document"
        raise TypeError(message)
    return made
