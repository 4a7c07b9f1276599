"""Any text will do: no crash, offsets that hold, and time in proportion to length."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.annotate.languages.load import load
from flows.annotate.model import KINDS, Mention
from flows.annotate.quotes import find_quotes
from tests.property.growth import assert_linear

MARKS = list("“”\"'‘’«»„()[],.!?…:;—-\n ")
WORDS = [
    "said",
    "says",
    "telling",
    "according",
    "to",
    "that",
    "who",
    "which",
    "He",
    "she",
    "they",
    "Quill",
    "Ada",
    "Mr.",
    "U.S.",
    "the",
    "a",
]
WORDS += [
    "of",
    "for",
    "in",
    "and",
    "but",
    "called",
    "by",
    "not",
    "'s",
    "’s",
    "Monday",
    "reporters",
    "42%",
    "report",
]
WORDS += ["was", "expected", "plan", "her", "unhappy", "with", "QUILL", "during", "''"]
GERMAN = [
    "der",
    "die",
    "und",
    "ist",
    "nicht",
    "sagte",
    "so",
    "sie",
    "Bürgermeisterin",
    "Ada",
    "Quill",
    "von",
    "„",
    "“",
    ",",
    ".",
    "\n",
]
PIECES = st.sampled_from([*MARKS, "\n\n", *WORDS])
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(PIECES, max_size=120).map(" ".join),
    st.lists(PIECES, max_size=120).map("".join),
)
TEXTS |= st.lists(st.sampled_from(GERMAN), max_size=120).map(" ".join)
LANGUAGES = st.sampled_from(["de", "en", "fr", "ja", "ko", "pl", "sv", "xx", "zh"])


@given(TEXTS, LANGUAGES)
@settings(max_examples=150, deadline=None)
def test_offsets_hold_on_any_text(text: str, language: str) -> None:
    found = find_quotes(text, (), language)
    assert found == find_quotes(text, (), language)
    assert [quote.start for quote in found] == sorted(quote.start for quote in found)
    for quote in found:
        assert 0 <= quote.start < quote.end <= len(text)
        assert quote.text == text[quote.start : quote.end]
        assert quote.kind in KINDS
        assert (
            (quote.speaker_start is None)
            == (quote.speaker_end is None)
            == (quote.speaker_surface is None)
        )
        if quote.speaker_start is not None and quote.speaker_end is not None:
            assert 0 <= quote.speaker_start < quote.speaker_end <= len(text)
            assert quote.speaker_surface == text[quote.speaker_start : quote.speaker_end]


@given(TEXTS, st.data())
@settings(max_examples=60, deadline=None)
def test_any_mentions_will_do(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    mentions = [
        Mention(a, b, "PERSON", text[a:b]) for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    for quote in find_quotes(text, mentions):
        assert quote.text == text[quote.start : quote.end]


CODES = sorted(
    place.name for place in files("flows.annotate.languages").iterdir() if len(place.name) == 2
)


def _words(code: str) -> list[str]:
    """Return the reporting verbs and auxiliaries of a language, with all its quotation marks."""
    language = load(code)
    marks = [",", ".", ":", "\n", "—", "(", *"«»„“”‘’「」『』"]
    return [*sorted(language.says)[:12], *sorted(language.auxiliaries)[:12], *marks, "Ada", "Quill"]


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_marks_and_verbs_in_any_order(data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(CODES))
    pieces = data.draw(st.lists(st.sampled_from(_words(code)), max_size=40))
    text = data.draw(st.sampled_from((" ", ""))).join(pieces)
    for quote in find_quotes(text, (), code):
        assert quote.text == text[quote.start : quote.end]


FOREIGN_UNITS = [
    ("de", "„"),
    ("de", "„a“, sagte Quill, und der Bürgermeister "),
    ("de", "die "),
    ("fr", "« "),
    ("fr", "« a, dit Quill. "),
    ("fr", "– a – dit Quill – "),
    ("pl", "– a\n"),
    ("es", "—a —dijo "),
    ("sv", "”"),
    ("ru", "Анна Квилл "),
    ("ar", "قال "),
    ("ko", "“가”고 "),
    ("zh", "“"),
    ("zh", "他说，“好”"),
    ("ja", "「は」と"),
    ("hi", "ने "),
    ("xx", "«a» "),
]


@pytest.mark.parametrize(("language", "unit"), FOREIGN_UNITS)
def test_time_grows_with_length_in_every_language(language: str, unit: str) -> None:
    assert_linear(lambda text: find_quotes(text, (), language), unit, 2_000)


UNITS = [
    "“",
    '"',
    "'",
    "said ",
    "saying said ",
    "Quill, ",
    "he said that ",
    "“a” said Quill, ",
    "(",
    "— ",
    "Quill ",
    "to say ",
    "“ ” ",
    '" "a',
    "x",
    "\n“",
    ". ",
    "was expected to ",
    "her plan to ",
    "'' ",
    "QUILL: ",
    "Der ",
    "„a“, sagte Quill, und der Bürgermeister ist nicht ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length(unit: str) -> None:
    assert_linear(lambda text: find_quotes(text, ()), unit, 4_000)
