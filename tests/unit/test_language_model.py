"""The model of languages: kept unpacked, and made anew where what is kept cannot be read."""

from __future__ import annotations

import io
import lzma
import os
from pathlib import Path

import numpy as np
import pytest
from py3langid import langid

from flows.worker.language_model import preload


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder, beside a packed model of two languages that no other module sees."""
    content = io.BytesIO()
    np.savez(
        content,
        ptc=np.zeros((1, 2), np.float16),
        pc=np.array([0.5, 0.25], np.float32),
        classes=np.array(["xx", "yy"]),
        nextmove=np.zeros(256, np.uint32),
        nextmove_row=np.zeros(1, np.uint16),
        out_feat=np.full(1, -1, np.int32),
    )
    (tmp_path / "model.npz.xz").write_bytes(lzma.compress(content.getvalue()))
    monkeypatch.setattr(langid, "MODEL_DIR", tmp_path)
    monkeypatch.setattr(langid, "MODEL_FILE", "model.npz.xz")
    monkeypatch.setattr(langid, "IDENTIFIER", None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "newsduck"


def load_anew() -> list[str]:
    """Load the model as a new process does; return its languages."""
    langid.IDENTIFIER = None
    preload()
    assert langid.IDENTIFIER is not None
    return list(langid.IDENTIFIER.labels)


def test_the_model_is_unpacked_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_anew() == ["xx", "yy"]
    monkeypatch.setattr(lzma, "decompress", lambda _: pytest.fail("unpacked again"))
    assert load_anew() == ["xx", "yy"]
    assert len(list(home.iterdir())) == 1


def test_a_changed_model_replaces_the_one_that_is_kept(home: Path) -> None:
    load_anew()
    before = next(home.iterdir())
    before.with_name(f"{before.name}.4711").write_bytes(b"what a killed run left")
    os.utime(home.parents[1] / "model.npz.xz", (1, 1))
    load_anew()
    assert [file.name == before.name for file in home.iterdir()] == [False]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_file_that_is_cut_off_is_made_anew(home: Path, share: float) -> None:
    load_anew()
    kept = next(home.iterdir())
    whole = kept.read_bytes()
    kept.write_bytes(whole[: int(share * len(whole))])
    assert load_anew() == ["xx", "yy"]
    assert kept.read_bytes() == whole


def test_a_flipped_byte_is_seen(home: Path) -> None:
    load_anew()
    kept = next(home.iterdir())
    whole = kept.read_bytes()
    kept.write_bytes(whole.replace("xx".encode("utf-32-le"), "zz".encode("utf-32-le")))
    assert kept.read_bytes() != whole
    assert load_anew() == ["xx", "yy"]


def test_where_nothing_can_be_kept_the_model_is_unpacked(home: Path) -> None:
    home.parent.write_text("a file where the folder would be")
    assert load_anew() == load_anew() == ["xx", "yy"]
