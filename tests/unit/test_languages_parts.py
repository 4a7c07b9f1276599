"""An article with paragraphs in another language is annotated part by part."""

from __future__ import annotations

import pytest

from flows.annotate import annotate
from flows.annotate.languages import parts as parts_module
from flows.annotate.languages.load import codes, examples
from flows.annotate.languages.parts import parts

GERMAN = (
    "Der Steg im alten Hafen bleibt auch in diesem Sommer gesperrt, weil der Kran noch immer nicht"
    " sicher ist. „Wir haben lange gewartet“, sagte Hafenmeister Markus Dorn am Montag im Rat."
)
ENGLISH = (
    "The old pier will stay closed for the whole of the summer because the crane is still not safe"
    " and nobody wants to pay for it. “We have been waiting for ten years,” said Adele Quill."
)
FRENCH = (
    "Le vieux quai reste fermé pendant tout l’été parce que la grue n’est toujours pas sûre et que"
    " personne ne veut payer. « Nous attendons depuis dix ans », a déclaré Ines Morvan au conseil."
)


def test_each_paragraph_is_read_in_its_language() -> None:
    text = "\n\n".join([GERMAN, ENGLISH, FRENCH, GERMAN.replace("Wir haben", "Alle haben")])
    found = annotate(text, language="de").quotes
    assert [(q.text, q.speaker) for q in found if q.kind == "direct"] == [
        ("Wir haben lange gewartet", "Markus Dorn"),
        ("We have been waiting for ten years,", "Adele Quill"),
        ("Nous attendons depuis dix ans", "Ines Morvan"),
        ("Alle haben lange gewartet", "Markus Dorn"),
    ]
    assert all(text[q.start : q.end] == q.text for q in found)


def test_parts_are_as_long_as_the_text_and_hold_each_paragraph_once() -> None:
    text = f"{GERMAN}\n{ENGLISH}\n\n{FRENCH}\n"
    divided = parts(text, "de")
    assert list(divided) == ["de", "en", "fr"]
    assert {len(part) for part in divided.values()} == {len(text)}
    for at, character in enumerate(text):
        inside = [part[at] for part in divided.values() if not part[at].isspace()]
        assert inside == ([] if character.isspace() else [character])


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", GERMAN),
        ("en", ENGLISH),
        # too short to show its language
        ("de", f"{GERMAN}\nThe show must go on.\n{GERMAN}"),
        # a quotation in another language inside a paragraph of the article's own
        ("de", f"{GERMAN} Dann rief er der Menge am Ufer zu: „We shall never sell the pier.“"),
        # names and figures show no language
        ("en", ENGLISH + "\n" + "Dorn 12, Morvan 11, Lagerlund 9, Szymanska 8, Quill 7, " * 4),
        # a language without a folder
        ("de", GERMAN + "\n" + "Tere tulemast vanasse sadamasse kus kraana on katki. " * 4),
    ],
)
def test_a_text_of_one_language_stays_whole(code: str, text: str) -> None:
    assert parts(text, code) == {code: text}


@pytest.mark.parametrize("code", codes())
def test_the_classifier_is_asked_about_no_plain_paragraph(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def detect(paragraph: str) -> str:
        raise AssertionError(paragraph)

    monkeypatch.setattr(parts_module, "detect", detect)
    text = "\n".join(example["text"] for example in examples(code))
    assert parts(text, code) == {code: text}
