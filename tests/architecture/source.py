"""The source as the architecture tests read it: each module with its floor, room and drawer."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

HOUSE = Path(__file__).parents[2]
FLOORS_WITH_ROOMS = ("exchange", "oversight", "training", "compliance", "register")
NOT_ROOMS = ("management", "migrations")
DRAWERS = frozenset(
    {
        *("domain", "models", "queries", "actions", "forms", "pages", "views", "jobs", "urls"),
        *("templates", "sql", "static"),
    }
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, or name of a module, by its absolute name."""

    target: str
    line: int
    is_relative: bool
    is_inside: bool


@dataclass(frozen=True)
class Module:
    """One file of Python."""

    path: Path

    def __str__(self) -> str:
        return str(self.path.relative_to(HOUSE))

    @cached_property
    def text(self) -> str:
        """What is written in it."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """What is written in it, parsed."""
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """Its dotted name, in parts, without the first."""
        inner = self.path.relative_to(HOUSE / "preceptor").with_suffix("").parts
        return inner[:-1] if inner[-1] == "__init__" else inner

    @property
    def room(self) -> str:
        """The room it is in, as floor.room; empty outside rooms."""
        return room_of(self.parts)

    @property
    def drawer(self) -> str:
        """The drawer it is in; empty for a room's charter and outside rooms."""
        return self.parts[2] if self.room and len(self.parts) > 2 else ""

    def imports(self) -> Iterator[Import]:
        """Everything it imports; `from a import b` as a.b, for b may be a module."""
        top = {id(node) for node in self.tree.body}
        package = ("preceptor", *self.parts) if self.path.name == "__init__.py" else ("preceptor", *self.parts[:-1])
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(alias.name, node.lineno, is_relative=False, is_inside=id(node) not in top)
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else ()
                start = ".".join((*base, *filter(None, [node.module])))
                for alias in node.names:
                    yield Import(
                        f"{start}.{alias.name}", node.lineno, is_relative=node.level > 0, is_inside=id(node) not in top
                    )

    def public_functions(self) -> Iterator[Function]:
        """Its own public functions, and those of its public classes."""
        for node in self.tree.body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield node
            elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield from (
                    inner for inner in node.body if isinstance(inner, Function) and not inner.name.startswith("_")
                )


@cache
def room_of(parts: tuple[str, ...]) -> str:
    """The room a dotted name (without `preceptor`) belongs to, as floor.room."""
    if len(parts) < 2 or parts[0] not in FLOORS_WITH_ROOMS or parts[1] in NOT_ROOMS:
        return ""
    return f"{parts[0]}.{parts[1]}" if (HOUSE / "preceptor" / parts[0] / parts[1] / "__init__.py").exists() else ""


@cache
def modules(folder: str = "preceptor") -> tuple[Module, ...]:
    """Every file of Python below a folder, migrations apart."""
    return tuple(Module(path) for path in sorted((HOUSE / folder).rglob("*.py")) if "migrations" not in path.parts)


@cache
def rooms() -> dict[str, Path]:
    """Every room by its floor and name."""
    return {module.room: HOUSE / "preceptor" / module.parts[0] / module.parts[1] for module in modules() if module.room}
