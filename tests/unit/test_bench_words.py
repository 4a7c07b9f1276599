"""A bench answers `--help` and a wrong word with what it takes, and makes no database of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.words import parser_of, warehouse

BENCHES = Path(__file__).parents[1] / "bench"


def test_every_bench_reads_its_words_with_argparse() -> None:
    commands = [
        f for f in BENCHES.rglob("*.py") if '__name__ == "__main__"' in f.read_text("utf-8")
    ]
    assert len(commands) > 10
    texts = {file.relative_to(BENCHES): file.read_text("utf-8") for file in commands}
    assert [
        n for n, t in texts.items() if "parser_of(" not in t and "ArgumentParser(" not in t
    ] == []


def test_numbers_may_be_left_out_and_words_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    parser = parser_of("What it does.", pages=7, delay=0.5)
    assert vars(parser.parse_args(["12"])) == {"pages": 12, "delay": 0.5}
    for wrong in (["many"], ["1", "2", "3"], ["--quick"]):
        with pytest.raises(SystemExit):
            parser.parse_args(wrong)
        assert "usage:" in capsys.readouterr().err


def test_a_word_that_is_no_warehouse_becomes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    parser = parser_of("")
    parser.add_argument("warehouse", type=warehouse)
    for word in ("300", "--help"):
        with pytest.raises(SystemExit):
            parser.parse_args([word])
    assert list(tmp_path.iterdir()) == []
