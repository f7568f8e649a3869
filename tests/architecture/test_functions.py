"""Functions say what they promise, and actions are what an auditor expects of them."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from .source import Function, Module, modules

DOCUMENTED = {"domain", "queries", "actions"}


def actions() -> Iterator[tuple[Module, Function, ast.Call]]:
    """Every public function of an `actions` drawer with its `@action(…)`."""
    for module in modules():
        if module.drawer != "actions":
            continue
        for function in module.public_functions():
            for decorator in function.decorator_list:
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "action":
                    yield module, function, decorator


def test_public_functions_of_domain_queries_and_actions_say_what_they_promise() -> None:
    silent = [
        f"{module}:{function.lineno} {function.name}"
        for module in modules()
        if module.drawer in DOCUMENTED
        for function in module.public_functions()
        if not ast.get_docstring(function)
    ]

    assert silent == []


def test_the_word_of_a_link_does_not_come_into_the_journal() -> None:
    told = [
        f"{module}:{function.lineno} {function.name}"
        for module, function, call in actions()
        if any(one.arg == "token" for one in function.args.kwonlyargs)
        and not any(
            one.arg == "private" and "token" in {getattr(each, "value", "") for each in ast.walk(one.value)}
            for one in call.keywords
        )
    ]

    assert told == []


def test_there_are_actions() -> None:
    assert len(list(actions())) > 5


def test_an_action_takes_keywords_only_among_them_who_and_when() -> None:
    wrong = []
    for module, function, _ in actions():
        given = function.args
        keywords = {argument.arg for argument in given.kwonlyargs}
        if given.args or given.posonlyargs or given.vararg or not {"by", "at"} <= keywords:
            wrong.append(f"{module}:{function.lineno} {function.name}")

    assert wrong == []


def test_an_actions_verb_is_its_own_and_in_the_past() -> None:
    verbs = [(str(module), str(ast.literal_eval(call.args[0]))) for module, _, call in actions()]

    assert [verb for _, verb in verbs if not re.fullmatch(r"[a-z-]+\.[a-z-]+", verb)] == []
    assert [verb for verb, count in Counter(verb for _, verb in verbs).items() if count > 1] == []


def test_suppressions_carry_a_code_and_a_reason() -> None:
    good = re.compile(
        r"# (?:type: ignore\[[\w-]+(?:, ?[\w-]+)*\]|noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*|pragma: no cover) *(?:#|-|–) *\S"
    )
    wrong = [
        f"{module}:{number}"
        for folder in ("preceptor", "tests")
        for module in modules(folder)
        for number, line in enumerate(module.text.splitlines(), start=1)
        if re.search(r"# (type: ignore|noqa|pragma: no cover)", line) and not good.search(line)
    ]

    assert [place for place in wrong if "architecture" not in place] == []
