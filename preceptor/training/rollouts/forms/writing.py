"""What changes and whom it touches, as domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.forms import BoundField
from django.http import QueryDict

from preceptor.compliance.requirements.domain.audience import All, Everyone, Leaf, System
from preceptor.compliance.requirements.domain.audience import Any as AnyOf
from preceptor.compliance.requirements.domain.reading import Json
from preceptor.ui.forms import Choice, Day, Form, LongText, Pick, Text, Ticks

from ..domain.notice import (
    MOST_OF_A_TITLE,
    MOST_WORDS,
    Notice,
    lines_of,
)

Options = Iterable[tuple[str, str]]

_OTHERS: Final = "other_role"  # roles that nobody here has now
_LEAVES: Final[Mapping[str, str]] = {
    "role": "Roles",
    _OTHERS: "Roles nobody here has now",
    "staff_group": "Staff groups",
    "task": "Tasks",
    "person": "People, by name",
}
_SYSTEM: Final = "system"  # narrows what is chosen, and chooses nobody by itself
_PRODUCT: Final = "product"  # chosen for what is not on the list of systems


class ChangeForm(Form[Notice]):
    """What changes, in which system, when, and what is different."""

    title = Text(
        "What changes?",
        hint="For example, new redaction screen",
        max_length=MOST_OF_A_TITLE,
        missing="Say what changes",
    )
    system = Choice("In which system?", prompt="Choose a system", missing="Choose the system")
    system_version = Text(
        "Which version of it?", hint="Leave this empty if nobody knows", required=False, max_length=40
    )
    goes_live_on = Day("When does it go live?", subject="The day it goes live", missing="Enter the day it goes live")
    different = LongText(
        "What is different, in 60 seconds?",
        hint=f"One step to a line, {MOST_WORDS} words at most. Say what people do now that they did not do before",
        missing="Say what is different",
    )

    def __init__(self, answers: Mapping[str, str] | None, *, systems: Options, notice: Notice | None = None) -> None:
        initial: dict[str, Any] = {}
        if notice is not None:
            initial = {name: getattr(notice, name) for name in ("title", "system", "system_version", "goes_live_on")}
            initial["different"] = "\n".join(notice.different)
        super().__init__(answers, initial=initial)
        self._notice = notice
        chooser, options = self.fields["system"], list(systems)
        if notice is not None and notice.product:
            options.append((_PRODUCT, notice.product))
            self.initial["system"] = notice.system or _PRODUCT
        if isinstance(chooser, Choice):
            chooser.offer(options)

    def clean_different(self) -> str:
        """The lines, as long as they are read in a minute."""
        said = str(self.cleaned_data["different"])
        words = len(said.split())
        if words > MOST_WORDS:
            self.add_error("different", f"Use {MOST_WORDS} words or fewer. There are {words}")
        return said

    def build(self) -> Notice:
        """The notice with this part said."""
        given = self.cleaned_data
        said = {name: given[name].strip() for name in ("title", "system", "system_version")}
        before = self._notice or Notice("", "", given["goes_live_on"])
        if said["system"] == _PRODUCT:
            said["system"] = ""
        return replace(before, **said, goes_live_on=given["goes_live_on"], different=lines_of(given["different"]))


class WhomForm(Form[Notice]):
    """Everybody, or people with any of some roles, groups and tasks, and people by name."""

    whom = Pick("Who is touched by it?", missing="Choose who is touched")

    def __init__(
        self,
        data: QueryDict | None,
        *,
        notice: Notice,
        lists: Mapping[str, Options],
        as_it_is: str,
    ) -> None:
        held = _plain(notice)
        chosen = (
            "kept" if held is None else "some" if held.keys() & _LEAVES.keys() else "everyone" if notice.whom else ""
        )
        super().__init__(data, initial={"whom": chosen or None})
        self._notice = notice
        choices = [("everyone", "Everyone"), ("some", "People with any of these")]
        if held is None:
            choices.append(("kept", f"As it is: {as_it_is}"))
        whom = self.fields["whom"]
        if isinstance(whom, Pick):
            whom.offer(choices)
        others = dict(lists.get(_OTHERS, ()))
        for key, label in (*_LEAVES.items(), (_SYSTEM, "Only where one of these systems is in use")):
            options = list(lists.get(key, ()))
            initial = list((held or {}).get("role" if key == _OTHERS else key, ()))
            if key in {"role", _OTHERS}:
                initial = [one for one in initial if one in dict(options) or (key == "role" and one not in others)]
            options += [(code, code) for code in initial if code not in dict(options)]
            if options:
                self.fields[key] = Ticks(label, choices=options, required=False, title_above=True, initial=initial)

    @property
    def ticks(self) -> tuple[BoundField, ...]:
        """The lists to choose from."""
        return tuple(self[key] for key in (*_LEAVES, _SYSTEM) if key in self.fields)

    def clean(self) -> dict[str, Any]:
        """Refuses “any of these” without one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("whom") == "some" and not any(cleaned.get(key) for key in _LEAVES):
            first = next((key for key in _LEAVES if key in self.fields), "whom")
            self.refuse(first, "Choose at least one, or everyone")
        return cleaned

    def build(self) -> Notice:
        """The notice with its audience."""
        given = self.cleaned_data
        if given["whom"] == "kept":
            return self._notice
        where: list[Json] = [{_SYSTEM: list(given[_SYSTEM])}] if given.get(_SYSTEM) else []
        if given["whom"] == "everyone":
            return replace(self._notice, audience=where[0] if where else "everyone")
        roles = [*given.get("role", ()), *given.get(_OTHERS, ())]
        chosen_of = {key: roles if key == "role" else list(given.get(key, ())) for key in _LEAVES if key != _OTHERS}
        leaves: list[Json] = [{key: list(some)} for key, some in chosen_of.items() if some]
        chosen: Json = leaves[0] if len(leaves) == 1 else {"any": leaves}
        return replace(self._notice, audience={"all": [chosen, *where]} if where else chosen)


def _plain(notice: Notice) -> dict[str, tuple[str, ...]] | None:
    """An audience as the lists this form offers; None when it says more than they can."""
    whom = notice.whom
    where: tuple[System, ...] = ()
    if isinstance(whom, All) and len(whom.parts) == 2 and isinstance(whom.parts[1], System):
        where = (whom.parts[1],)
        whom = whom.parts[0]
    parts: Sequence[object] = () if whom is None or isinstance(whom, Everyone) else (whom,)
    if isinstance(whom, AnyOf):
        parts = whom.parts
        if any(isinstance(one, System) for one in parts):
            return None
    parts = (*parts, *where)
    found: dict[str, tuple[str, ...]] = {}
    for one in parts:
        if not isinstance(one, Leaf) or one.key not in {*_LEAVES, _SYSTEM} or one.key in found:
            return None
        found[one.key] = one.one_of
    return found
