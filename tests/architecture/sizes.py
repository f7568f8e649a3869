"""Prints what is larger than it might be (style.md, section 14). A long thing that reads well is no fault."""

import ast
from collections.abc import Iterator

from .source import HOUSE, Function, modules

FILE, TEST_FILE, FUNCTION, VIEW, PARAMETERS, TEMPLATE, ROOM = 400, 600, 40, 20, 6, 150, 2000


def length(node: Function) -> int:
    """The lines of a function without its docstring."""
    start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.body[0].lineno
    return (node.end_lineno or start) - start + 1


def large() -> Iterator[str]:
    """What is larger than its aim, in words."""
    rooms: dict[str, int] = {}
    for module in [*modules("preceptor"), *modules("tests")]:
        ours = HOUSE / "preceptor" in module.path.parents
        lines = len(module.text.splitlines())
        if lines > (FILE if ours else TEST_FILE):
            yield f"{module}: {lines} lines"
        if ours and module.room:
            rooms[module.room] = rooms.get(module.room, 0) + lines
        aim = VIEW if ours and module.drawer == "views" else FUNCTION
        for node in ast.walk(module.tree):
            if not isinstance(node, Function):
                continue
            if length(node) > aim:
                yield f"{module}:{node.lineno} {node.name}: {length(node)} lines"
            parameters = len(node.args.args) + len(node.args.kwonlyargs)
            if parameters > PARAMETERS and ours:
                yield f"{module}:{node.lineno} {node.name}: {parameters} parameters"
    for path in sorted((HOUSE / "preceptor").rglob("*.jinja")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > TEMPLATE:
            yield f"{path.relative_to(HOUSE)}: {lines} lines"
    yield from (f"{room}: {lines} lines in the room" for room, lines in sorted(rooms.items()) if lines > ROOM)


if __name__ == "__main__":
    found = list(large())
    print(
        "\n".join(
            ["\nLarger than its aim, which is no failure:", *found] if found else ["\nNothing is larger than its aim."]
        )
    )
