"""Finds every regular expression of the project: those that its modules and their caches hold,
those of the rule files and language folders that they load, and those that stand in a call of `re`.
"""

from __future__ import annotations

import ast
import functools
import gc
import pkgutil
import re
import types
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import flows
import schemas
import warehouse
from flows.annotate.languages.load import codes, load
from flows.clean.rules import load_rules
from tests.property.hostile import source_of

PACKAGES = (flows, warehouse, schemas)

NOT_IMPORTED = (
    "flows.ingest",
    "flows.reprocess",
    "flows.retention",
    "flows.maintain",
    "flows.monitor",
    "flows.deployments",
    "flows.prefect_hooks",
    "flows.annotate.entities.train",
)
"""Modules that import Prefect, or what only training needs; of these the patterns that stand in
calls of `re` are found.
"""

FROM_OUTSIDE = (types.ModuleType, str, bytes, int, float)

SHORT_TEXTS = {
    "flows.acquire.http_message": r"\n0+",  # the last 300 bytes of a body
    "flows.annotate.names.people": "(?:\\bthe )?(?:\\b[A-Z]",  # KIN_BEFORE characters
    "flows.link.fingerprint": "(?:^|[.!?:;",  # four characters before a word
    "flows.link.wordings.nested": "‘(",  # one quotation
    "flows.report.charts": "<svg ",  # a chart of ours
    "flows.version": r"^\s*--",  # SQL files of ours
}
"""Patterns that only see short texts, or files of ours: their module, and how they begin."""

AT_ONE_PLACE = frozenset({"match", "fullmatch"})
"""Uses that try a pattern at one place of a text; all others try it at each."""

USES = AT_ONE_PLACE | {"search", "finditer", "findall", "sub", "subn", "split"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pattern stands, and whether it is tried at one place of a text only."""

    name: str
    is_at_one_place: bool


def patterns() -> dict[re.Pattern[Any], Place]:
    """Return every pattern with a place that holds it, but those of SHORT_TEXTS."""
    found: dict[re.Pattern[Any], Place] = {}
    modules = list(_modules())
    uses = _uses()
    load_rules()
    for module in modules:
        _fill_caches(module)
    seen: set[int] = set()
    for module in modules:
        for name, value in vars(module).items():
            for pattern in _reachable(value, seen):
                used = uses[module.__name__, name]
                found.setdefault(
                    pattern,
                    Place(f"{module.__name__}.{name}", bool(used) and used <= AT_ONE_PLACE),
                )
    for pattern, place in _written():
        found.setdefault(pattern, place)
    return {pattern: place for pattern, place in found.items() if not _is_short(pattern, place)}


def _is_short(pattern: re.Pattern[Any], place: Place) -> bool:
    module = place.name.rpartition(":")[0] or place.name.rpartition(".")[0]
    return module in SHORT_TEXTS and source_of(pattern).startswith(SHORT_TEXTS[module])


def _modules() -> Iterator[types.ModuleType]:
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(NOT_IMPORTED):
                yield import_module(module.name)


def _fill_caches(module: types.ModuleType) -> None:
    """Call the cached functions that make their tables without a word of a page: those without
    parameters, and those of one language.
    """
    for value in list(vars(module).values()):
        if (
            not isinstance(value, functools._lru_cache_wrapper)
            or value.__module__ != module.__name__
        ):
            continue
        wanted = _wanted(module.__name__, value.__name__)
        if not wanted:
            value()
        elif wanted == ["Language"]:
            for code in codes():
                value(load(code))


def _wanted(module: str, function: str) -> list[str]:
    """Return the types of the arguments that a function must get, by its source: a compiled
    function does not tell.
    """
    path = Path(import_module(module.partition(".")[0]).__path__[0]).parent / Path(
        *module.split(".")
    )
    source = path.with_suffix(".py")
    source = source if source.is_file() else path / "__init__.py"
    arguments = next(
        step.args
        for step in ast.parse(source.read_text(encoding="utf-8")).body
        if isinstance(step, ast.FunctionDef) and step.name == function
    )
    must = arguments.args[: len(arguments.args) - len(arguments.defaults)]
    return [ast.unparse(one.annotation) if one.annotation else "" for one in must]


def _reachable(value: object, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns that `value` holds, at any depth; objects of other packages hold none."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, re.Pattern):
            yield one
        elif id(one) not in seen and _is_ours(one):
            seen.add(id(one))
            stack += [held for held in gc.get_referents(one) if gc.is_tracked(held)]


def _is_ours(value: object) -> bool:
    if isinstance(value, FROM_OUTSIDE):
        return False
    if isinstance(value, dict):
        return "__builtins__" not in value  # the globals of a function
    home = value if isinstance(value, (type, types.FunctionType)) else type(value)
    names = tuple(package.__name__ for package in PACKAGES)
    return home.__module__.startswith((*names, "builtins", "functools"))


@functools.cache
def _nodes() -> list[tuple[str, list[ast.ImportFrom | ast.Attribute | ast.Call]]]:
    """Return the name of every module, and the imports, attributes and calls of its tree."""
    found = []
    for package in PACKAGES:
        root = Path(package.__path__[0])
        for file in sorted(root.rglob("*.py")):
            parts = file.relative_to(root.parent).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            if not name.startswith(NOT_IMPORTED[-1]):
                nodes = ast.walk(ast.parse(file.read_bytes()))
                kinds = (ast.ImportFrom, ast.Attribute, ast.Call)
                found.append((name, [node for node in nodes if isinstance(node, kinds)]))
    return found


def _uses() -> dict[tuple[str, str], set[str]]:
    """Return how patterns are used: the methods that are named behind a name, by the module that
    defines it and the name.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module, nodes in _nodes():
        homes = {
            alias.asname or alias.name: (node.module, alias.name)
            for node in nodes
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        for node in nodes:
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=attribute) if attribute in USES:
                    found[homes.get(name, (module, name))].add(attribute)
    return found


def _written() -> Iterator[tuple[re.Pattern[Any], Place]]:
    """Yield the patterns that stand as constants in calls of functions of `re`."""
    for module, nodes in _nodes():
        for node in nodes:
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=function),
                    args=[ast.Constant(value=str() | bytes() as pattern), *_],
                ) if function in USES:
                    place = Place(f"{module}:{node.lineno}", function in AT_ONE_PLACE)
                    yield re.compile(pattern), place
