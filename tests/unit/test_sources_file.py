"""Adding an entry to a sources.yml leaves everything else as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.acquire.sources import read_sources
from flows.acquire.sources_file import append_source
from flows.config.errors import InputError

ENTRY: dict[str, Any] = {
    "id": "tide",
    "name": "Tide: the harbour's paper #1",
    "site": "tide.example",
    "country": "NO",
    "language": "no",
    "timezone": None,
    "feeds": (
        "https://tide.example/rss.xml",
        "https://tide.example/a,b?c=[d]&e={f}",
        "https://tide.example/council/rss.xml",
    ),
    "sitemaps": (),
    "sections": ("https://tide.example/*",),
}

FILES = {
    "indented": "# ours\nsources:\n  # the first\n  - id: ebb   # Ebb\n    name: Ebb\n    site: "
    "ebb.example\n  # end\n",
    "flush": "sources:\n- {id: ebb, name: Ebb, site: ebb.example}",
    "deep": "sources:\n\n      - id: ebb\n        name: Ebb\n        site: ebb.example\n\n\n",
    "empty": "# none yet\nsources: []  # so far\n",
    "bare": "sources:\n",
}


@pytest.mark.parametrize("name", FILES)
def test_an_entry_is_added_behind_what_stands_there(tmp_path: Path, name: str) -> None:
    path = tmp_path / "s.yml"
    path.write_text(FILES[name], encoding="utf-8")
    path.chmod(0o640)
    added = append_source(path, ENTRY, ["a note: [kept]"])
    text = path.read_text(encoding="utf-8")
    assert text.startswith(FILES[name].replace("[]", "").rstrip())
    assert [source.id for source in read_sources(path)] == (
        ["tide"] if name in ("empty", "bare") else ["ebb", "tide"]
    )
    assert read_sources(path)[-1] == added
    told = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in ENTRY.items()
        if value not in (None, ())
    }
    assert yaml.safe_load(text)["sources"][-1] == told
    assert "# a note: [kept]" in text
    assert path.stat().st_mode & 0o777 == 0o640
    assert [file.name for file in tmp_path.iterdir()] == ["s.yml"]


def test_a_missing_file_is_made_and_grows(tmp_path: Path) -> None:
    path = tmp_path / "new" / "s.yml"
    append_source(path, {"id": "one", "name": "One", "site": "one.example"})
    append_source(path, {"id": "two", "name": "Two", "site": "two.example"})
    assert [source.id for source in read_sources(path)] == ["one", "two"]
    assert "one.example\n\n  - id: two" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "entry", "said"),
    [
        ("sources: [{id: ebb, name: Ebb, site: ebb.example}]\n", ENTRY, "written in brackets"),
        ("sources:\n- {id: ebb}\n", ENTRY, r"s\.yml, line 2"),
        (FILES["flush"], ENTRY | {"id": "Not An Id"}, "the new entry: id"),
        (FILES["flush"], ENTRY | {"id": "ebb"}, "already used"),
    ],
)
def test_what_cannot_be_added_leaves_the_file_alone(
    tmp_path: Path, text: str, entry: dict[str, Any], said: str
) -> None:
    path = tmp_path / "s.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        append_source(path, entry)
    assert path.read_text(encoding="utf-8") == text
    assert [file.name for file in tmp_path.iterdir()] == ["s.yml"]
