"""The model's score on articles of our own, and that training makes the same model again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.annotate.entities import find_mentions
from flows.annotate.entities.lexicon import countries, lexicon
from flows.annotate.entities.train.corpus import written
from flows.annotate.entities.train.fit import fit
from flows.annotate.entities.train.generate import Writer
from flows.annotate.entities.train.sources import grammar, shapes
from flows.annotate.entities.train.wording import SLOT

OWN = Path(__file__).parent / "entities_own.txt"
ENTITY = re.compile(r"\[([^|\]]+)\|(\w+)\]")
PLACES = {"GPE": "PLACE", "LOC": "PLACE"}

Span = tuple[int, int, str]


def own_articles() -> Iterator[tuple[str, set[Span]]]:
    """Yield the text and the entities of each article of entities_own.txt; GPE and LOC are one."""
    articles = [
        part for part in OWN.read_text("utf-8").split("\n", 1)[1].split("\n\n") if part.strip()
    ]
    for article in articles:
        text, spans, last = "", set(), 0
        for entity in ENTITY.finditer(article):
            text += article[last : entity.start()]
            label = PLACES.get(entity.group(2), entity.group(2))
            spans.add((len(text), len(text) + len(entity.group(1)), label))
            text += entity.group(1)
            last = entity.end()
        yield text + article[last:], spans


def test_the_model_holds_its_score_on_our_own_articles() -> None:
    hits = wanted = found = 0
    for text, spans in own_articles():
        ours = {
            (mention.start, mention.end, PLACES.get(mention.label, mention.label))
            for mention in find_mentions(text)
        }
        hits, wanted, found = hits + len(ours & spans), wanted + len(spans), found + len(ours)
    f1 = 2 * hits / (wanted + found)
    assert wanted > 100
    assert f1 > 0.88, f"strict F1 {f1:.3f}: {hits} right of {wanted} wanted and {found} found"


def test_training_is_deterministic(tmp_path: Path) -> None:
    for name in ("one", "two"):
        fit(tmp_path / name, [], articles=20)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert list(written(7, 3)) == list(written(7, 3))
    assert list(written(7, 3)) != list(written(8, 3))


def test_generated_entities_stand_where_they_are_said_to() -> None:
    labels = set()
    for text, entities in written(11, 60):
        end = 0
        for start, stop, label in entities:
            assert end <= start < stop <= len(text)
            assert text[start:stop].strip() == text[start:stop]
            labels.add(label)
            end = stop
    assert labels == {"PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "MISC"}


@pytest.mark.parametrize("name", ["templates.txt", "paragraphs.txt"])
def test_every_sentence_shape_can_be_filled(name: str) -> None:
    writer = Writer(3)
    for shape in shapes(name):
        assert shape.count("[") == shape.count("]")
        assert shape.count("{") == len(SLOT.findall(shape)) - shape.count("<")
        assert writer._filled(shape).text


def test_every_pattern_of_the_grammar_can_be_built() -> None:
    writer = Writer(4)
    for entry in grammar():
        for _ in range(20):
            assert writer._wording.expand(entry).strip()


def test_the_lists_agree_with_each_other() -> None:
    known = lexicon()
    assert len(countries()) > 195
    assert all(phrase.split(" ")[0] in known.prefixes for phrase in known.phrases if " " in phrase)
    assert not {"the", "and", "police", "government"} & known.given
    for name, words in known.classes.items():
        assert words, name
