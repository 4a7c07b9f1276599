"""The file of `-o` or `--view` is there whole or as it was; what is read is never replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.commands.annotate import annotate
from flows.commands.clean import clean
from flows.commands.out_file import out_file
from flows.config.errors import InputError


def test_a_file_that_was_there_stays_where_writing_fails(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("before", encoding="utf-8")

    def fail() -> None:
        with out_file(out) as file:
            file.write("half")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert out.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_a_missing_folder_is_made_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "folder" / "out.txt"
    with out_file(out) as file:
        file.write("whole")
    assert out.read_text(encoding="utf-8") == "whole"
    assert "made the folder" in capsys.readouterr().err


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    for out in (tmp_path, tmp_path / "notes.txt" / "out.txt", tmp_path / ("n" * 300)):
        with pytest.raises(InputError, match=r"is a folder|cannot be written"), out_file(out):
            pass


def test_devices_and_links_are_written_through(tmp_path: Path) -> None:
    with out_file(Path("/dev/null")) as file:
        file.write("gone")
    assert not Path("/dev/null").is_file()
    (tmp_path / "there.txt").write_text("", encoding="utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to("there.txt")
    with out_file(link) as file:
        file.write("words")
    assert link.is_symlink()
    assert (tmp_path / "there.txt").read_text(encoding="utf-8") == "words"


def test_no_verb_replaces_what_it_reads(tmp_path: Path) -> None:
    page, texts = tmp_path / "page.txt", tmp_path / "texts.jsonl"
    page.write_text("Port Ellery widens its quay", encoding="utf-8")
    manifest = tmp_path / "pages.jsonl"
    manifest.write_text(json.dumps({"id": "a", "path": "page.txt"}) + "\n", encoding="utf-8")
    texts.write_text(json.dumps({"id": "one", "text": "Go."}) + "\n", encoding="utf-8")
    (tmp_path / "other-name.txt").hardlink_to(page)
    kept = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for source, out in (
        (page, page),
        (page, tmp_path / "other-name.txt"),
        (manifest, manifest),
        (manifest, page),
        (tmp_path, page),
    ):
        with pytest.raises(InputError, match="is a file that is read"):
            clean(source, out=out)
    with pytest.raises(InputError, match="is a file that is read"):
        annotate(texts, out=texts)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == kept
