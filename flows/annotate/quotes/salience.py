"""Who a "he" or a "she" may be: the persons of the text so far, each with a weight that fades from
sentence to sentence.

Here: the weights and the choice. Not here: what counts as a person (`people`) or a speaker
(`speakers`). After S. Lappin and H. Leass, "An Algorithm for Pronominal Anaphora Resolution", 1994,
much reduced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flows.annotate.quotes.people import Name
from flows.annotate.quotes.reading import Reading

# Weights of one occurrence, by place, and their fading: each was moved up and down and kept where
# both halves of the shared quotations agreed (pronouns named right, against automatic coreference).
SUBJECT, SPEAKER, OTHER, GENITIVE, QUOTED = 1.0, 1.0, 0.45, 0.35, 0.1
FADING_PER_SENTENCE = 0.45
# Below this weight nobody is in sight, and the pronoun stays unresolved.
MIN_WEIGHT = 0.01
# A person whose gender is unknown counts this much of one whose gender fits.
UNKNOWN_GENDER = 0.6

WHO = re.compile(r" who\b")
"""Behind a name: its bearer is the subject of a clause of their own."""


CREDIT = re.compile(
    r"(?:(?:photo|photograph|picture|image|illustration|graphic|video|credit)s?\b|"
    r"(?:written |reporting |editing |photo |photos )?by )[^\n]{0,90}(?<![.?!])$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that says who wrote or photographed: no "she" of the article is its author."""


@dataclass(slots=True)
class Salience:
    """Weights by full name, moved forward with `reach`."""

    reading: Reading
    sentence: int = 0
    weights: dict[str, float] = field(default_factory=dict)
    _next: int = 0

    def reach(self, sentence: int, offset: int) -> None:
        """Take in all names before character `offset`, which lies in sentence number `sentence`."""
        names, sentences, tokens = (
            self.reading.people.names,
            self.reading.sentences,
            self.reading.tokens,
        )
        while self._next < len(names) and names[self._next].start < offset:
            name = names[self._next]
            while (
                self.sentence < sentence
                and tokens[sentences[self.sentence].last - 1].end <= name.start
            ):
                self._fade()
            if name.label == "PERSON":
                self._add(name)
            self._next += 1
        while self.sentence < sentence:
            self._fade()

    def speaks(self, full: str) -> None:
        """Note that `full` has just been given as a speaker."""
        self.weights[full] = self.weights.get(full, 0.0) + SPEAKER

    def choose(self, pronoun: str) -> str | None:
        """Return the full name that "he" or "she" most likely stands for, None where nobody is in
        sight.
        """
        best, most = None, MIN_WEIGHT
        for full, weight in self.weights.items():
            gender = self.reading.people.gender.get(full)
            if gender is not None and gender != pronoun:
                continue
            score = weight if gender == pronoun else weight * UNKNOWN_GENDER
            if score > most:
                best, most = full, score
        return best

    def _fade(self) -> None:
        self.sentence += 1
        self.weights = {
            k: w * FADING_PER_SENTENCE for k, w in self.weights.items() if w > MIN_WEIGHT / 4
        }

    def _add(self, name: Name) -> None:
        reading = self.reading
        if CREDIT.match(reading.text, reading.text.rfind("\n", 0, name.start) + 1):
            return
        if reading.is_quoted(name.start):
            weight = QUOTED
        elif reading.text[name.end - 2 : name.end] in ("'s", "’s") or reading.text[
            name.end : name.end + 2
        ] in ("'s", "’s"):
            weight = GENITIVE
        else:
            is_subject = name.start in reading.subject_starts or WHO.match(reading.text, name.end)
            weight = SUBJECT if is_subject else OTHER
        self.weights[name.full] = self.weights.get(name.full, 0.0) + weight
