"""An interview printed as labelled paragraphs, in any language: "Der Bote: Warum? / Ada Quill: Der
Kran ist alt." Each answer is a quotation of whoever its label names, without marks.

Not here: English (`flows.annotate.quotes.interviews`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flows.annotate.languages.load import Language
from flows.annotate.model import Mention
from flows.annotate.quotes.general.people import People

# Characters and words of a label; about half as many characters where no spaces part the words.
MAX_LABEL, MAX_WORDS = 40, 5
# Labelled paragraphs that make an interview; one label must come back.
MIN_TURNS = 3
QUESTION_MARKS = "?？؟;"
_END = r"[^\s:：.!?。，、;«»“”„「」\"]"  # what a label begins and ends with
_NAME = rf"{_END}(?:[^\n:：.!?。，、;«»“”„「」\"]{{0,{MAX_LABEL}}}{_END})?"
_LABEL = re.compile(rf"[«“„\"]?({_NAME})[»”“\"]?\s?[:：][ \t\u00a0\u3000]*(?=\S)")


@dataclass(frozen=True, slots=True)
class Turn:
    """One labelled paragraph, with those behind it that have no label: the characters of its label
    and of its words.
    """

    label: str
    label_start: int
    label_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Words of an interview that are somebody's; `speaker` is None where the label is a word for an
    answer and the text speaks of nobody, or of several people alike.
    """

    turn: Turn
    speaker: str | None


def is_interview(labels: Sequence[str]) -> bool:
    """Whether the `labels` of paragraphs, in order, are those of an interview in any language:
    several people speak, and one of them again.
    """
    counts = Counter(labels)
    return len(labels) >= MIN_TURNS and len(counts) > 1 and max(counts.values()) > 1


def find_turns(text: str, spans: Sequence[tuple[int, int]], language: Language) -> list[Turn]:
    """Return the turns in order, none where the text is no interview; `spans` are the paragraphs.

    A turn runs on through paragraphs without a label; the last one ends with its own paragraph.
    """
    found: list[Turn] = []
    for start, end in spans:
        label = _LABEL.match(text, start, end)
        if label is not None and _is_label(label[1], language):
            found.append(Turn(label[1], label.start(1), label.end(1), label.end(), end))
        elif found:
            found[-1] = Turn(*_head(found[-1]), end)
    if not is_interview([turn.label for turn in found]):
        return []
    end = next(end for start, end in spans if end > found[-1].start)
    found[-1] = Turn(*_head(found[-1]), end)
    return found


def _head(turn: Turn) -> tuple[str, int, int, int]:
    return turn.label, turn.label_start, turn.label_end, turn.start


def _is_label(label: str, language: Language) -> bool:
    """Whether the words before a colon may name who speaks."""
    words = label.split()
    if not language.is_spaced:
        return len(label) <= MAX_LABEL // 3
    if not words or len(words) > MAX_WORDS or not words[0][0].isalpha():
        return False
    small = language.particles | language.links | language.determiners
    return not language.is_cased or all(
        word[0].isupper() or word.lower() in small or language.role(word.lower().rstrip("."))
        for word in words
    )


def answers(
    text: str,
    turns: Sequence[Turn],
    mentions: Sequence[Mention],
    people: People,
) -> list[Answer]:
    """Return the turns that are a person's words, with the person's name. An outlet's questions are
    nobody's.
    """
    language = people.language
    asks = Counter(t.label for t in turns if text[: t.end].rstrip('”»" ')[-1:] in QUESTION_MARKS)
    counts = Counter(turn.label for turn in turns)
    askers = {label for label, count in counts.items() if 2 * asks[label] > count}
    askers |= {label for label in counts if label.lower() in language.questions}
    named = {text[m.start : m.end] for m in mentions if m.label == "PERSON"}
    found, main = [], people.main()
    for turn in turns:
        low = turn.label.lower()
        if low in language.questions:
            continue
        if low in language.answers:
            found.append(Answer(turn, main.name if main else None))
            continue
        person = people.of(_bare(turn.label, language))
        if turn.label in askers:  # an outlet, unless the text names a person so
            is_person = person is not None and turn.label in named
        else:
            is_person = turn.label in named or (person is not None and bool(askers))
        if is_person:
            found.append(Answer(turn, person.name if person else turn.label))
    return found


def _bare(label: str, language: Language) -> str:
    """Return the label without offices, in the spelling of names: "QUILL" is "Quill"."""
    words = [w for w in label.split() if not language.role(w.lower().rstrip("."))] or label.split()
    return " ".join(w.title() if w.isupper() and len(w) > 1 else w for w in words)
