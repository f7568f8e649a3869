"""Models hold fields and constraints; behaviour is elsewhere."""

import ast
import re

from .source import HOUSE, Module, modules

BEHAVIOUR = {"save", "delete", "clean", "full_clean", "get_queryset"}


def models() -> list[Module]:
    """The modules with tables."""
    return [module for module in modules() if module.drawer == "models" or module.path.name == "models.py"]


def test_models_have_no_ordering_and_no_behaviour() -> None:
    wrong = []
    for module in models():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and node.name in BEHAVIOUR:
                wrong.append(f"{module}:{node.lineno} {node.name}")
            if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "ordering" for target in node.targets):
                wrong.append(f"{module}:{node.lineno} ordering")

    assert wrong == []


def test_deleting_is_refused_unless_argued() -> None:
    wrong = [
        f"{module}:{number}"
        for module in models()
        for number, line in enumerate(module.text.splitlines(), start=1)
        if re.search(r"on_delete=(?!(models\.)?PROTECT\b)", line) and "#" not in line
    ]

    assert wrong == []


def test_migrations_of_a_floor_are_one_line() -> None:
    for folder in (HOUSE / "preceptor").glob("*/migrations"):
        numbers = sorted(int(path.name[:4]) for path in folder.glob("[0-9]*.py"))

        assert numbers == list(range(1, len(numbers) + 1)), f"{folder.relative_to(HOUSE)}: {numbers}"
