"""What annotation gives back: quotes and mentions as spans of one text.

Offsets are Python string offsets into the text that was annotated, `end` exclusive;
`text[start:end]` is the quote or mention.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "MISC")
KINDS = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an entity. `name` is the fullest form the text gives ("Mr Xi" has the name "Xi
    Jinping").
    """

    start: int
    end: int
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """What an article says of a person; None what it leaves out.

    `occupation` is a class such as `sport`, `age` is in years. `country` (ISO code) is the person's
    own where the words beside the name say so (`is_told`), else the one that the article is about.
    `gender` is "he" or "she", as titles say it of somebody whom the article names by surname alone.
    """

    occupation: str | None = None
    country: str | None = None
    is_told: bool = False
    age: int | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation, its marks left out of the span.

    `kind` is `direct` (a whole sentence or more), `mixed` (quoted words inside reported speech) or
    `indirect` (no marks). `speaker` is the resolved name or the nominal ("a foreign ministry
    spokesman"), None where it cannot be known; `speaker_surface` is what the text prints at
    `speaker_start:speaker_end` ("he", "Mr Shi"). `cue` is the reporting verb or phrase, `pattern`
    the name of the rule that found the speaker.
    """

    start: int
    end: int
    text: str
    kind: str
    speaker: str | None = None
    speaker_surface: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    cue: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Annotations:
    """The quotes and mentions of one text, each in order of `start`; `bearers` is what it says of
    people, by name.
    """

    quotes: tuple[Quote, ...] = ()
    mentions: tuple[Mention, ...] = ()
    bearers: Mapping[str, Bearer] = field(default_factory=dict)
