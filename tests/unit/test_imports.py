"""Who may import whom: `flows → warehouse → schemas`, a pure core, and Prefect in the flow modules alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOW_MODULES = {f"flows/{name}.py" for name in ("health", "ingest", "late", "monitor", "notify", "reprocess", "serve")}
"""The modules that may import Prefect."""

IMPURE = {"prefect", "httpx", "requests", "urllib3", "socket", "duckdb", "sqlite3", "subprocess", "time", "warehouse"}
"""What the pure core may not know: network, database, processes, the clock."""


def imports(path: Path) -> set[str]:
    """Dotted names that a module imports, wherever in it."""
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


@pytest.mark.parametrize("path", modules("schemas"), ids=str)
def test_schemas_import_nothing_of_the_project(path: Path) -> None:
    assert not tops(path) & {"flows", "warehouse", "prefect"}


@pytest.mark.parametrize("path", modules("warehouse"), ids=str)
def test_the_warehouse_imports_only_schemas(path: Path) -> None:
    assert not tops(path) & {"flows", "prefect", "lxml", "trafilatura", "bs4"}


@pytest.mark.parametrize("path", [p for room in ("clean", "annotate", "link") for p in modules(f"flows/{room}")], ids=str)
def test_the_core_is_pure(path: Path) -> None:
    assert not tops(path) & IMPURE
    rooms = {name for name in imports(path) if name.startswith("flows.")}
    outside = {name for name in rooms if not name.startswith(("flows.clean", "flows.annotate", "flows.link"))}
    assert not outside
    room = path.relative_to(ROOT).parts[1]
    assert not {name for name in rooms if room != "link" and not name.startswith(f"flows.{room}")}


@pytest.mark.parametrize("path", modules("flows"), ids=str)
def test_prefect_is_imported_by_the_flow_modules_alone(path: Path) -> None:
    assert "prefect" not in tops(path) or str(path.relative_to(ROOT)) in FLOW_MODULES


@pytest.mark.parametrize("module", ["flows.batch", "flows.cli", "flows.run"])
def test_workers_and_the_command_start_without_prefect(module: str) -> None:
    program = f"import sys, {module}; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
