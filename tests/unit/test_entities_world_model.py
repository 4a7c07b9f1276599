"""Training for other languages: shapes can be filled, labels stand where they are said to, and the
same inputs give the same model.
"""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import pytest

from flows.annotate.entities.train import fit_world
from flows.annotate.entities.train.corpora import assembled
from flows.annotate.entities.train.shapes import HERE, Author, sections
from flows.annotate.entities.world import find_names

OWN = Path(__file__).parent / "entities_world_own.txt"
ENTITY = re.compile(r"\[([^|\]]+)\|(\w+)\]")
LANGUAGES = sorted(path.stem for path in HERE.glob("*.txt"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_writes_articles_with_marked_names(language: str) -> None:
    author, labels = Author(language, 1), set()
    for _ in range(30):
        text, entities = author.article()
        end = 0
        for start, stop, label in entities:
            assert end <= start < stop <= len(text)
            assert text[start:stop] == text[start:stop].strip()
            labels.add(label)
            end = stop
        assert "{" not in text
    assert labels == {"PERSON", "ORG", "PLACE"}
    for shape in sections(language)[""]:
        assert shape.count("[") == shape.count("]")


def test_labelled_words_become_text_with_spans() -> None:
    words = [("O", "O"), ("chefe", "O"), ("de", "O"), ("o", "O"), ("Banco", "B-ORG")]
    words += [("Alto", "I-ORG"), (",", "O"), ("Rui", "B-PER"), ("Sá", "I-PER"), (".", "O")]
    text, entities = assembled(words, "pt")
    assert text == "O chefe do Banco Alto, Rui Sá."
    assert [(text[a:b], label) for a, b, label in entities] == [
        ("Banco Alto", "ORG"),
        ("Rui Sá", "PERSON"),
    ]


def test_training_is_deterministic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = list(islice(fit_world.learned(None, 1), 6))
    monkeypatch.setattr(fit_world, "learned", lambda folder, articles: iter(few))
    for name in ("one", "two"):
        fit_world.fit(tmp_path / name, None, articles=1, iterations=3)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_models_hold_their_score_on_texts_of_our_own() -> None:
    hits = wanted = found = 0
    for line in OWN.read_text("utf-8").splitlines()[1:]:
        language, marked = line.split(": ", 1)
        text, gold, last = "", set(), 0
        for entity in ENTITY.finditer(marked):
            text += marked[last : entity.start()]
            gold.add((len(text), len(text) + len(entity[1]), entity[2]))
            text += entity[1]
            last = entity.end()
        text += marked[last:]
        ours = {(m.start, m.end, m.label) for m in find_names(text, language)}
        hits, wanted, found = hits + len(ours & gold), wanted + len(gold), found + len(ours)
    f1 = 2 * hits / (wanted + found)
    assert wanted > 60
    assert f1 > 0.88, f"strict F1 {f1:.3f}: {hits} right of {wanted} wanted and {found} found"
