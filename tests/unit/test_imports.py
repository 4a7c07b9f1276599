"""Who may import whom: `flows → warehouse → schemas`, layers within flows, and where Prefect may
be.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ROOT_MODULES = {
    "__init__",
    "ingest",
    "reprocess",
    "monitor",
    "retention",
    "maintain",
    "deployments",
} | {
    "cli",
    "settings",
    "version",
    "progress",
}
"""All that may stand at the root of flows/ beside folders: the flows, the command, and what every
part uses.
"""

PREFECT = (
    "flows/prefect_hooks/",
    *(
        f"flows/{name}.py"
        for name in ("ingest", "reprocess", "monitor", "retention", "maintain", "deployments")
    ),
)
"""Where Prefect may be imported."""

LAYERS = (
    {"config", "native", "progress"},
    {"version"},
    {"clean", "annotate"},
    {"link"},
    {"acquire", "watch", "demo"},
    {"alert", "worker"},
    {"settings", "resolution", "linking"},
    {"steps"},
    {"report"},
    {"prefect_hooks"},
    {"ingest", "monitor", "retention", "maintain"},
    {"reprocess", "deployments"},
    {"commands"},
    {"cli"},
)
"""The parts of flows/ from the lowest up: a part imports parts of lower layers only."""

RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}

IMPURE = {
    "prefect",
    "httpx",
    "requests",
    "urllib3",
    "socket",
    "duckdb",
    "sqlite3",
    "subprocess",
} | {
    "time",
    "warehouse",
}
"""What the pure core may not import: network, database, processes, the clock."""


def imports(path: Path) -> set[str]:
    """Return the dotted names that a module imports, wherever in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def part_of(path: Path) -> str:
    return path.relative_to(ROOT / "flows").parts[0].removesuffix(".py")


def test_the_root_of_flows_holds_the_flows_and_folders() -> None:
    assert {path.stem for path in (ROOT / "flows").glob("*.py")} == ROOT_MODULES
    folders = {path.parent.name for path in (ROOT / "flows").glob("*/__init__.py")}
    assert folders | (ROOT_MODULES - {"__init__"}) == set(RANK)


@pytest.mark.parametrize("folder", ["flows", "schemas", "warehouse"])
def test_the_core_is_pure_and_imports_run_one_way(folder: str) -> None:
    wrong = []
    for path in modules(folder):
        names, top = imports(path), tops(path)
        if folder == "schemas":
            wrong += [(path, name) for name in top & {"flows", "warehouse", "prefect"}]
            continue
        if folder == "warehouse":
            wrong += [(path, n) for n in top & {"flows", "prefect", "lxml", "trafilatura", "bs4"}]
            continue
        part = part_of(path)
        if part in {"clean", "annotate", "link"}:
            wrong += [(path, name) for name in top & IMPURE]
        if "prefect" in top and not str(path.relative_to(ROOT)).startswith(PREFECT):
            wrong.append((path, "prefect"))
        rank = RANK.get(part, len(LAYERS))
        for name in names:
            other = name.split(".")[1] if name.startswith("flows.") else ""
            if other in RANK and other != part and RANK[other] >= rank:
                wrong.append((path, name))
    assert not wrong


def test_workers_and_the_command_start_without_prefect() -> None:
    modules = "flows.worker.batch, flows.cli, flows.steps.ingest"
    program = f"import sys, {modules}; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
