"""Text in the making with its entities, and the marks and capitals that outlets put on it; every
change keeps the entities in place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Entities = list[tuple[int, int, str]]


@dataclass(slots=True)
class Draft:
    """Text with (start, end, label) of its entities."""

    text: str = ""
    entities: Entities = field(default_factory=list)

    def add(self, words: str, label: str | None = None) -> None:
        """Append words; with a label they are an entity."""
        if label:
            self.entities.append((len(self.text), len(self.text) + len(words), label))
        self.text += words

    def join(self, other: Draft) -> None:
        """Append another draft."""
        base = len(self.text)
        self.entities.extend(
            (base + start, base + end, label) for start, end, label in other.entities
        )
        self.text += other.text


def squeezed(part: Draft) -> Draft:
    """Return the draft without double spaces and without spaces before stops."""
    out, moved, last = "", {}, ""
    for index, char in enumerate(part.text):
        moved[index] = len(out)
        if char == " " and (
            last in (" ", "") or part.text[index + 1 : index + 2] in (".", ",", ";", "?", ")", "")
        ):
            continue
        out += char
        last = char
    moved[len(part.text)] = len(out)
    return Draft(out, [(moved[start], moved[end], label) for start, end, label in part.entities])


def headline(part: Draft) -> Draft:
    """Return the draft with a capital on each word outside of the entities, small words left, and
    no stop.
    """
    kept = [
        any(start <= index < end for start, end, _ in part.entities)
        for index in range(len(part.text))
    ]

    def raised(match: re.Match[str]) -> str:
        word = match.group()
        return (
            word
            if kept[match.start()] or (len(word) < 4 and match.start())
            else word[:1].upper() + word[1:]
        )

    return Draft(re.sub(r"[^\W\d_]+", raised, part.text).rstrip("."), part.entities)


def shouted(part: Draft) -> Draft:
    """Return the draft in capitals, where that changes no length."""
    upper = part.text.upper()
    return Draft(upper, part.entities) if len(upper) == len(part.text) else part


def curled(text: str) -> str:
    """Return the text with typographic quotation marks and apostrophes; no length changes."""
    opened = re.sub(r'(^|[\s(\[—-])"', "\\1“", text, flags=re.MULTILINE)
    return opened.replace('"', "”").replace("'", "’")
