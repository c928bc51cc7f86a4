"""The density goals: decisions in a function and in a hundred lines, floors of imports."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

import grimp
import pytest

LIBRARY = Path(__file__).resolve().parents[1] / "lib" / "rajnay"
# The hand rules of composing stand as they were until entities and tables replace them.
HAND_RULES = "compose"
EXEMPT = frozenset(
    f"{HAND_RULES}/{name}.py"
    for name in (
        "casting",
        "circumstances",
        "dating",
        "days",
        "desk",
        "destination",
        "discourse",
        "drafting",
        "forums",
        "gatherings",
        "identity/within",
        "inheritance",
        "joining",
        "participants",
        "placing",
        "redundancy",
        "resumption",
        "scenes/cutting",
        "scenes/reports",
        "scenes/retelling",
        "scenes/scene",
        "scenes/words",
        "setting",
        "settling",
        "tellings",
        "travel",
    )
)
MODULES = [
    path
    for path in sorted(LIBRARY.rglob("*.py"))
    if path.relative_to(LIBRARY).as_posix() not in EXEMPT
]
LONGEST_MODULE = 400


def decisions(node: ast.AST) -> int:
    """Return the branches that one node adds, boolean operands and comprehensions counted."""
    match node:
        case ast.If() | ast.IfExp() | ast.For() | ast.AsyncFor() | ast.While():
            return 1
        case ast.Assert() | ast.ExceptHandler() | ast.match_case():
            return 1
        case ast.BoolOp():
            return len(node.values) - 1
        case ast.comprehension():
            return 1 + len(node.ifs)
    return 0


@functools.cache
def complexities() -> dict[str, int]:
    """Return the complexity of every function, by its file and name."""
    found = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{path.relative_to(LIBRARY)}:{node.lineno} {node.name}"
                found[name] = 1 + sum(map(decisions, ast.walk(node)))
    return found


def floors() -> int:
    """Return how many modules stand on top of one another: the longest chain of imports.

    The room of the hand rules counts as one, however many they have among themselves; imports that
    only a checker of types sees do not count.
    """
    graph = grimp.build_graph("rajnay", exclude_type_checking_imports=True)
    graph.squash_module(f"rajnay.{HAND_RULES}")

    @functools.cache
    def floor(module: str) -> int:
        below = graph.find_modules_directly_imported_by(module)
        return 1 + max(map(floor, below), default=0)

    return max(map(floor, graph.modules))


def test_what_is_exempt_is_there() -> None:
    assert not [name for name in EXEMPT if not (LIBRARY / name).is_file()]


def test_decisions_of_a_function() -> None:
    many = {name: found for name, found in complexities().items() if found > 20}
    assert len(many) <= 10, many
    assert not {name: found for name, found in many.items() if found > 30}


def test_decisions_of_a_hundred_lines() -> None:
    sources = [path.read_text(encoding="utf-8") for path in MODULES]
    total = sum(decisions(node) for source in sources for node in ast.walk(ast.parse(source)))
    lines = sum(len(source.splitlines()) for source in sources)
    assert 100 * total <= 20 * lines, f"{100 * total / lines:.1f}"


def test_import_floors() -> None:
    assert floors() <= 12


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
