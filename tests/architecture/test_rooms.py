"""Rooms and drawers are what style.md, sections 2 and 3, says they are."""

import ast
from collections import Counter

from .source import DRAWERS, HOUSE, Import, Module, modules, rooms

MAY_IMPORT_MODELS = {"models", "queries", "actions"}
OTHERS_MAY_IMPORT = {"domain", "queries", "actions"}
HEAVY = {"python_calamine", "typst", "xlsxwriter"}
CHARTER = 15


def in_rooms() -> list[Module]:
    """The modules of rooms."""
    return [module for module in modules() if module.room]


def drawer_imported(imported: Import) -> tuple[str, str]:
    """The room and the drawer an import reaches into, both empty where it reaches no room."""
    parts = tuple(imported.target.split("."))
    if parts[0] != "preceptor" or len(parts) < 3 or f"{parts[1]}.{parts[2]}" not in rooms():
        return "", ""
    return f"{parts[1]}.{parts[2]}", parts[3] if len(parts) > 3 else ""


def test_there_are_rooms() -> None:
    assert {"register.organisations", "compliance.standing", "oversight.practices"} <= set(rooms())


def test_a_rooms_name_is_its_own() -> None:
    counted = Counter(room.split(".")[1] for room in rooms())

    assert [name for name, count in counted.items() if count > 1] == []


def test_a_room_has_known_drawers_only() -> None:
    strange = [
        str(entry.relative_to(HOUSE))
        for folder in rooms().values()
        for entry in folder.iterdir()
        if not entry.name.startswith("_") and entry.name.removesuffix(".py") not in DRAWERS
    ]

    assert strange == []


def test_a_room_begins_with_its_charter() -> None:
    for name, folder in rooms().items():
        module = Module(folder / "__init__.py")
        charter = ast.get_docstring(module.tree)

        assert charter, f"{name} has no charter"
        assert len(charter.splitlines()) <= CHARTER, f"{name}: a charter has at most {CHARTER} lines"
        assert "…" not in charter, f"{name}: the charter is not written yet"
        assert len(module.tree.body) == 1, f"{name}: __init__.py holds the charter and nothing else"


def test_models_are_imported_by_models_queries_and_actions_only() -> None:
    wrong = [
        f"{module}:{imported.line} imports {imported.target}"
        for module in in_rooms()
        if module.drawer not in MAY_IMPORT_MODELS
        for imported in module.imports()
        if drawer_imported(imported)[1] == "models"
    ]

    assert wrong == []


def test_another_room_is_used_through_its_domain_queries_and_actions_only() -> None:
    wrong = []
    for module in in_rooms():
        for imported in module.imports():
            room, drawer = drawer_imported(imported)
            tables = drawer == "models" and module.drawer in MAY_IMPORT_MODELS
            if room and room != module.room and drawer not in OTHERS_MAY_IMPORT and not tables:
                wrong.append(f"{module}:{imported.line} imports {imported.target}")

    assert wrong == []


def test_a_relative_import_stays_in_its_room() -> None:
    wrong = [
        f"{module}:{imported.line} imports {imported.target}"
        for module in in_rooms()
        for imported in module.imports()
        if imported.is_relative and drawer_imported(imported)[0] != module.room
    ]

    assert wrong == []


def test_a_drawer_imports_the_other_drawers_of_its_room_relatively() -> None:
    wrong = [
        f"{module}:{imported.line} imports {imported.target}"
        for module in in_rooms()
        if len(module.parts) == 3 and module.path.name != "__init__.py"
        for imported in module.imports()
        if drawer_imported(imported)[0] == module.room and not imported.is_relative
    ]

    assert wrong == []


def test_heavy_libraries_are_imported_where_they_are_needed() -> None:
    wrong = [
        f"{module}:{imported.line} imports {imported.target}"
        for module in modules()
        for imported in module.imports()
        if imported.target.split(".")[0] in HEAVY and not imported.is_inside
    ]

    assert wrong == []


def test_views_do_not_see_everywhere() -> None:
    wrong = [
        f"{module}:{imported.line}"
        for module in in_rooms()
        if module.drawer in {"views", "forms", "pages", "urls"}
        for imported in module.imports()
        if imported.target.endswith(".EVERYWHERE")
    ]

    assert wrong == []
