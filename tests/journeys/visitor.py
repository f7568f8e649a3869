"""Somebody at a screen: what they open, follow, write and read, and whether the page they are on is as it should be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar, Final, Protocol, TypedDict

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, ViewportSize, expect

from tests.cast import Member, signed_in

WIDE: Final = 1280
PHONE: Final = 375
NARROW: Final = 320
AXE: Final = Path(settings.HOUSE) / "node_modules" / "axe-core" / "axe.min.js"
_LOOK: Final = """() => {
  const page = document.scrollingElement, h1 = document.querySelectorAll("h1").length, found = [];
  if (!/ – Preceptor$/.test(document.title)) found.push("has no title of ours");
  if (h1 !== 1) found.push(`has ${h1} main headings`);
  if (page.scrollWidth > page.clientWidth) found.push(`scrolls sideways, by ${page.scrollWidth - page.clientWidth}`);
  return found;
}"""
# What a page is made of: each kind of element inside each other kind, whatever it says, leads to or is numbered.
_PARTS: Final = """() => {
  const free = /^(href|src|value|alt|title|content|d|x|y|x1|x2|width)$/, numbers = /[0-9a-f-]{36}|[0-9]+/g;
  const said = ({name, value}) => name + (free.test(name) ? "" : value.replace(numbers, ""));
  const kind = node => node.tagName + !node.textContent.trim() + [...node.attributes].map(said).sort();
  const parts = [...document.querySelectorAll("body, body *")].map(node => kind(node.parentElement) + ">" + kind(node));
  return [...new Set(parts)].sort().join();
}"""
_RUN_AXE: Final = """async () => {
  const asked = {resultTypes: ["violations"], selectors: false, rules: {"target-size": {enabled: true}}};
  const {violations} = await axe.run(document, asked);
  const where = nodes => nodes.map(node => node.html.slice(0, 200)).join(" ");
  return violations.map(({id, help, nodes}) => `${id}: ${help}: ${where(nodes)}`);
}"""
_FOCUS_SHOWS: Final = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
  return drawn && box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
}"""


class Upload(TypedDict):
    """A file of the person's device."""

    name: str
    mimeType: str
    buffer: bytes


@dataclass
class Visitor:
    """A window of the browser, and the person before it. Each page they come to is looked at as a whole."""

    page: Page
    site: str
    scripts: bool = True
    expected: int = 200
    faults: list[str] = field(default_factory=list)
    looked_at: ClassVar[set[tuple[int, str]]] = set()

    def __post_init__(self) -> None:
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("requestfailed", lambda request: self._failed(request.url, str(request.failure)))
        self.page.on("response", self._answered)

    # What they do

    def opens(self, path: str, status: int = 200) -> Visitor:
        """Goes to an address."""
        self.expected = status
        answer = self.page.goto(path if "://" in path else f"{self.site}{path}")
        self.expected = 200
        assert answer is not None
        assert answer.status == status, f"{path} answers {answer.status}: {self.page.title()}"
        return self.looks()

    def signs_in(self, email: str, password: str) -> Visitor:
        """Fills in the sign-in page, which must be before them."""
        return self.writes("Email address", email).writes("Password", password).presses("Sign in")

    def follows(self, link: str, *, within: str = "") -> Visitor:
        """Follows a link by its words; within the part of the page of that name if others elsewhere lead elsewhere."""
        name = re.compile(f"^{re.escape(link)}$".replace(":", " ?:"))  # what is only heard may have a space before
        links = self._part(within).get_by_role("link", name=name).filter(visible=True)
        addresses: set[str] = set(links.evaluate_all("links => links.map(link => link.href)"))
        assert len(addresses) == 1, f"{self.page.url}: {link!r} leads to {addresses or 'nothing'}"
        links.first.click()
        return self.looks()

    def presses(self, button: str, *, within: str = "") -> Visitor:
        """Presses a button that leads on."""
        self._part(within).get_by_role("button", name=button, exact=True).filter(visible=True).click()
        return self.looks()

    def unfolds(self, words: str) -> Visitor:
        """Opens what is folded away."""
        self.page.locator("summary", has_text=words).filter(visible=True).click()
        return self

    def writes(self, label: str, words: str) -> Visitor:
        """Writes into a box."""
        self.box(label).fill(words)
        return self

    def chooses(self, label: str, option: str) -> Visitor:
        """Chooses from a list."""
        self.box(label).select_option(label=option)
        return self

    def picks(self, question: str, answer: str) -> Visitor:
        """Ticks one of the answers to a question."""
        asked = self.page.get_by_role("group", name=question, exact=True).filter(visible=True)
        asked.get_by_label(answer, exact=True).check()
        return self

    def dates(self, question: str, day: date) -> Visitor:
        """Writes a day into the three boxes of a question."""
        asked = self.page.get_by_role("group", name=question, exact=True).filter(visible=True)
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            asked.get_by_label(part, exact=True).fill(str(number))
        return self

    def attaches(self, label: str, name: str, content: bytes) -> Visitor:
        """Chooses a file of theirs."""
        file: Upload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.box(label).set_input_files([file])
        return self

    def downloads(self, link: str) -> bytes:
        """Follows a link to a file, and has it."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=link, exact=True).click()
        return coming.value.path().read_bytes()

    # What they see

    def box(self, label: str) -> Locator:
        """The box of that name."""
        boxes = self.page.locator("input, select, textarea")
        return self.page.get_by_label(label, exact=True).and_(boxes).filter(visible=True)

    @property
    def heading(self) -> str:
        """What the page says it is."""
        return _plain(self.page.get_by_role("heading", level=1).inner_text())

    @property
    def focused(self) -> str:
        """The words of what has the focus."""
        return _plain(str(self.page.evaluate("document.activeElement.innerText")))

    @property
    def focus_shows(self) -> bool:
        """Is it seen where the focus is: an outline, a shadow or a ground of its own, on the screen?"""
        return bool(self.page.evaluate(_FOCUS_SHOWS))

    def picture(self, name: str) -> tuple[int, int]:
        """The width and height of a picture as it came, once it has come."""
        picture = self.page.get_by_role("img", name=name)
        width, height = picture.evaluate(
            "async image => [await image.decode(), image.naturalWidth, image.naturalHeight].slice(1)"
        )
        return width, height

    def cell(self, person: str, requirement: str) -> str:
        """The status the matrix shows of a person and a requirement, in its one word."""
        return _plain(self._cell(person, requirement).locator(".pr-cell__word").inner_text())

    def opens_cell(self, person: str, requirement: str) -> Visitor:
        """Goes from a cell of the matrix to why."""
        self._cell(person, requirement).get_by_role("link").click()
        return self.looks()

    def _cell(self, person: str, requirement: str) -> Locator:
        heads = [_plain(one) for one in self.page.locator(".pr-matrix__req a").all_inner_texts()]
        row = self.page.get_by_role("row", name=re.compile(f"^{re.escape(person)}"))
        return row.get_by_role("cell").nth(heads.index(requirement))

    def figure(self, title: str) -> str:
        """One of the headline figures."""
        link = self.page.get_by_role("link", name=title, exact=True)
        figure = self.page.locator(".pr-count").filter(has=link).locator(".pr-count__figure")
        return _plain(figure.inner_text())

    def reads(self, *words: str, within: str = "") -> Visitor:
        """Finds these words on the page."""
        for one in words:
            expect(self._part(within, default="main")).to_contain_text(one, use_inner_text=True)
        return self

    def misses(self, *words: str, within: str = "") -> Visitor:
        """Finds none of these words on the page."""
        for one in words:
            expect(self._part(within, default="main")).not_to_contain_text(one, use_inner_text=True)
        return self

    def _part(self, name: str, default: str = "body") -> Locator:
        if not name:
            return self.page.locator(default)
        starts, page = re.compile(rf"^{re.escape(name)}(?!\w)"), self.page
        task = page.get_by_role("article").filter(has=page.get_by_role("heading", name=starts))
        return page.get_by_role("region", name=starts).or_(page.get_by_role("row", name=starts)).or_(task)

    # What is expected of every page

    def looks(self) -> Visitor:
        """Looks at the whole page: it has a title and one heading, does not scroll sideways, and axe finds nothing.

        A page made of the same parts as one before, at the same width, is not asked of axe again.
        """
        self.page.wait_for_load_state()
        width = self._size["width"]
        where = f"{self.page.url} at {width} pixels, “{self.page.title()}”"
        faults: list[str] = self.page.evaluate(_LOOK)
        if self.scripts and (made_of := (width, str(self.page.evaluate(_PARTS)))) not in self.looked_at:
            faults += self.page.evaluate(_RUN_AXE)
            self.looked_at.add(made_of)
        self.faults += [f"{where}: {one}" for one in faults]
        return self

    def looks_at_320(self) -> Visitor:
        """Looks at the page as narrow as it gets, which is also 400% zoom."""
        size = self._size
        self.page.set_viewport_size({"width": NARROW, "height": size["height"]})
        self.looks()
        self.page.set_viewport_size(size)
        return self

    @property
    def _size(self) -> ViewportSize:
        size = self.page.viewport_size
        assert size is not None
        return size

    def _asked(self, url: str) -> None:
        if not url.startswith((self.site, "data:")):
            self.faults.append(f"{self.page.url} asks elsewhere: {url}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _failed(self, url: str, reason: str) -> None:
        if "ERR_ABORTED" not in reason:  # a download, or a page left before its pictures came
            self.faults.append(f"{url}: {reason}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status != self.expected:
            self.faults.append(f"{response.url} answers {response.status}")


class Visit(Protocol):
    """Opens a window of the browser, signed in as one of the cast or as nobody."""

    def __call__(self, member: Member | None = None, *, width: int = WIDE, scripts: bool = True) -> Visitor:
        """The window."""
        ...


class Visits:
    """The windows of one story."""

    def __init__(self, browser: Browser, site: str, pictures: Path) -> None:
        self._browser = browser
        self._site = site
        self._pictures = pictures
        self._open: list[tuple[BrowserContext, Visitor]] = []

    def open(self, member: Member | None = None, *, width: int = WIDE, scripts: bool = True) -> Visitor:
        """Opens a window, signed in as one of the cast or as nobody."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            has_touch=width < WIDE,
            java_script_enabled=scripts,
            accept_downloads=True,
            locale="en-GB",
        )
        if scripts:
            context.add_init_script(path=AXE)
        if member:
            key = signed_in(Client(), member).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self._site}])
        visitor = Visitor(context.new_page(), self._site, scripts)
        self._open.append((context, visitor))
        return visitor

    def close(self, *, failed: bool) -> None:
        """Closes all windows, keeping a picture of each if the story failed, and says what went wrong in them."""
        faults = [fault for _, visitor in self._open for fault in visitor.faults]
        for number, (context, visitor) in enumerate(self._open, 1):
            if failed or faults:
                visitor.page.screenshot(path=f"{self._pictures}-{number}.png", full_page=True)
            context.close()
        if faults:
            pytest.fail("\n".join(["What went wrong on the way:", *faults]), pytrace=False)


def _plain(words: str) -> str:
    return " ".join(words.split())
