"""Other recognisers plug in: a spaCy pipeline made here, and what is said where none is
installed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from flows.annotate import annotate
from flows.annotate.recogniser import RecogniserError, load_recogniser

TEXT = (
    "“The quay is ours,” said Marta Quilliam of Ostrander Marine on Tuesday. Quilliam leads "
    "the council of Port Ellery."
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small pipeline on the disk, as a trained one would be."""
    import spacy  # takes long to import

    nlp = spacy.blank("en")
    patterns = {
        "PERSON": ["Marta Quilliam", "Quilliam"],
        "ORG": ["Ostrander Marine"],
        "GPE": ["Port Ellery"],
        "DATE": ["Tuesday"],
    }
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": label, "pattern": p} for label, found in patterns.items() for p in found]
    )
    folder = tmp_path_factory.mktemp("pipeline")
    nlp.to_disk(folder)
    return folder


def test_a_pipeline_gives_the_same_kinds_of_rows(pipeline: Path) -> None:
    found = annotate(TEXT, load_recogniser(f"spacy:{pipeline}"))
    assert [(TEXT[m.start : m.end], m.label, m.name) for m in found.mentions] == [
        ("Marta Quilliam", "PERSON", "Marta Quilliam"),
        ("Ostrander Marine", "ORG", "Ostrander Marine"),
        ("Quilliam", "PERSON", "Marta Quilliam"),
        ("Port Ellery", "GPE", "Port Ellery"),
    ]
    assert [(q.text, q.speaker) for q in found.quotes] == [("The quay is ours,", "Marta Quilliam")]


def test_a_missing_pipeline_says_what_installs_it() -> None:
    with pytest.raises(RecogniserError, match="python -m spacy download en_core_web_none"):
        load_recogniser("spacy:en_core_web_none")


def test_missing_spacy_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(RecogniserError, match=r"pip install 'newsduck\[spacy\]'"):
        load_recogniser("spacy:anything")


@pytest.mark.parametrize("name", ["stanza", "spacy", "spacy:"])
def test_an_unknown_recogniser_is_refused(name: str) -> None:
    with pytest.raises(RecogniserError, match="give 'builtin' or 'spacy:PIPELINE'"):
        load_recogniser(name)
