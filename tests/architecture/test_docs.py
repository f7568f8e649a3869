"""The words about the code lead where they say, and are where one looks for them."""

import re
from pathlib import Path

from .source import HOUSE

PAGES = sorted([*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md"), *HOUSE.glob("data/**/*.md")])


def slug(heading: str) -> str:
    """The anchor of a heading, as forges make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def anchors(page: Path) -> set[str]:
    """Every anchor of a page."""
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)}


def test_links_lead_somewhere() -> None:
    broken = []
    for page in PAGES:
        text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            path, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            place = (page.parent / path).resolve() if path else page
            if not place.exists() or (anchor and place.suffix == ".md" and anchor not in anchors(place)):
                broken.append(f"{page.relative_to(HOUSE)}: {target}")

    assert broken == []


def test_decisions_are_numbered_without_gaps_and_whole() -> None:
    records = sorted((HOUSE / "docs" / "decisions").glob("[0-9]*.md"))

    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        missing = [
            part
            for part in ("Context", "Decision", "Consequences")
            if not re.search(rf"^## {part}$", text, re.MULTILINE)
        ]

        assert missing == [], record.name
        assert re.search(r"^Status: \w+", text, flags=re.MULTILINE), record.name


def test_nothing_is_left_to_do_without_an_issue() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b(?!.*#\d+)")
    files = [
        *PAGES,
        *HOUSE.glob("preceptor/**/*.py"),
        *HOUSE.glob("preceptor/**/*.jinja"),
        *HOUSE.glob("data/**/*.yaml"),
    ]

    assert [str(path.relative_to(HOUSE)) for path in files if marks.search(path.read_text(encoding="utf-8"))] == []
