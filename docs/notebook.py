"""Runs `docs/analysis.ipynb`, and shows it in the documentation (a hook of `mkdocs.yml`).

`python docs/notebook.py` in the project's folder, after `make run`, runs every cell and keeps what
it shows. Needs no Jupyter: charts are SVG by altair's renderer, all else is text.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import json
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

NOTEBOOK = Path(__file__).with_name("analysis.ipynb")

Output = dict[str, Any]


def read() -> dict[str, Any]:
    """Return the notebook."""
    found: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return found


def run(notebook: dict[str, Any]) -> None:
    """Run the code cells in order, in the current folder, and keep what they show."""
    names: dict[str, Any] = {}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, 1):
        cell["execution_count"] = number
        cell["outputs"] = _run_cell("".join(cell["source"]), names, number)


def _run_cell(source: str, names: dict[str, Any], number: int) -> list[Output]:
    """Run one cell; what its last expression gives is shown, as in Jupyter."""
    tree = ast.parse(source, f"cell {number}")
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, f"cell {number}", "exec"), names)
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)
    outputs: list[Output] = []
    if text := printed.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": _lines(text)})
    if value is not None:
        data = {kind: _lines(text) for kind, text in _shown(value).items()}
        outputs.append(
            {
                "output_type": "execute_result",
                "execution_count": number,
                "data": data,
                "metadata": {},
            }
        )
    return outputs


def _shown(value: Any) -> dict[str, str]:
    if hasattr(value, "_repr_mimebundle_"):
        bundle: dict[str, str] = value._repr_mimebundle_(None, None)
        return bundle
    return {"text/plain": repr(value)}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def as_markdown(notebook: dict[str, Any]) -> str:
    """Return the notebook as a page."""
    parts = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        for output in cell["outputs"]:
            data = output.get("data", {"text/plain": output.get("text", [])})
            if svg := "".join(data.get("image/svg+xml", [])):
                image = base64.b64encode(svg.encode()).decode()
                parts.append(f"![chart](data:image/svg+xml;base64,{image})")
            else:
                parts.append(f"```text\n{''.join(data['text/plain'])}\n```")
    return "\n\n".join(parts) + "\n"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the notebook among the pages."""
    if (raw := files.get_file_from_path(NOTEBOOK.name)) is not None:
        files.remove(raw)
    page = File.generated(config, "analysis.md", content=as_markdown(read()))
    files.append(page)
    return files


if __name__ == "__main__":
    executed = read()
    run(executed)
    NOTEBOOK.write_text(json.dumps(executed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
