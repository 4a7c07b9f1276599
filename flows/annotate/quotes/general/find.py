"""Quotations of one text in any language that has a folder of word lists: spans, speakers, cues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.annotate.languages.load import Language
from flows.annotate.model import Mention, Quote
from flows.annotate.quotes.general import unspaced
from flows.annotate.quotes.general.attribution import Report, Reporter
from flows.annotate.quotes.general.dashes import find_dashed
from flows.annotate.quotes.general.filters import is_quotation, kind_of, tokens_before
from flows.annotate.quotes.general.inner import inner_report
from flows.annotate.quotes.general.interviews import Answer, answers, find_turns
from flows.annotate.quotes.general.marks import find_marked, outermost
from flows.annotate.quotes.general.people import People, Person, people_of
from flows.annotate.quotes.general.phrase import Phrase
from flows.annotate.quotes.general.phrases import Phrases
from flows.annotate.quotes.general.reported import is_subjunctive, reported_clauses
from flows.annotate.quotes.general.scan import Scan, scan
from flows.annotate.quotes.marked import Marked, lies_in, paragraphs
from flows.annotate.quotes.tokens import QUOTE, WORD, Sentence

# Weights of the places where a person is spoken of, for "she" and "the minister".
SUBJECT, SPEAKER, OTHER = 1.0, 1.5, 0.4
# Words of a label before a colon.
MAX_LABEL = 4


def find(text: str, mentions: Sequence[Mention], language: Language) -> tuple[Quote, ...]:
    """Return the quotations of `text` in order of `start`. No text raises."""
    spans = paragraphs(text)
    marked = list(
        outermost([*find_marked(text, spans, language), *find_dashed(text, spans, language)])
    )
    turns = find_turns(text, spans, language)
    if not language.is_spaced:
        quotes, people = unspaced.find(text, spans, marked, language)
    else:
        finder = _Finder(scan(text, spans, marked, language), mentions)
        quotes, people = finder.find(), finder.people
    return _with_answers(text, quotes, answers(text, turns, mentions, people)) if turns else quotes


def _with_answers(
    text: str, quotes: tuple[Quote, ...], answered: list[Answer]
) -> tuple[Quote, ...]:
    """Return the quotations with the answers of an interview in place of what was found in them."""
    inside = [(answer.turn.label_start, answer.turn.end) for answer in answered]
    kept = [quote for quote in quotes if not lies_in(inside, quote.start)]
    for answer in answered:
        turn = answer.turn
        surface = text[turn.label_start : turn.label_end]
        kept.append(
            Quote(
                turn.start,
                turn.end,
                text[turn.start : turn.end],
                "direct",
                answer.speaker,
                surface,
                turn.label_start,
                turn.label_end,
                None,
                "label",
            )
        )
    return tuple(sorted(kept, key=lambda quote: quote.start))


@dataclass(frozen=True, slots=True)
class _Speaker:
    name: str | None
    start: int | None
    end: int | None


class _Finder:
    """Goes through one text, sentence by sentence."""

    def __init__(self, scanned: Scan, mentions: Sequence[Mention]) -> None:
        self.scan, self.language = scanned, scanned.language
        self.text, self.tokens = scanned.text, scanned.tokens
        self.mentions = mentions
        self.others = {m.name for m in mentions if m.label != "PERSON"}
        self.phrases = Phrases(scanned, mentions)
        self.reporter = Reporter(scanned, self.phrases)
        self.people: People = people_of(scanned.text, mentions, self.language)
        self.found: list[Quote] = []
        # the last report, who it named, in which paragraph
        self.last: tuple[int, Report, _Speaker] | None = None
        # tokens in marks that are no speech: they name who speaks
        self.sources: set[int] = set()

    def find(self) -> tuple[Quote, ...]:
        by_sentence = [self.phrases.of(s.first, s.last) for s in self.scan.sentences]
        for sentence, phrases in zip(self.scan.sentences, by_sentence, strict=True):
            named = sentence.first  # where a name opens the sentence, alone or behind "Quill and"
            for phrase in phrases:
                opens = phrase.first == named
                if phrase.name and self._is_full(phrase.name) and (phrase.has_role or opens):
                    self.people.learn(phrase.name, phrase.gender)
                    named = phrase.last + (self.tokens[phrase.last].low in self.language.joins)
        before: Phrase | None = None
        for sentence, phrases in zip(self.scan.sentences, by_sentence, strict=True):
            self._note(phrases)
            inside = self._inside(sentence)
            if inside:
                self._quoted(sentence, inside, before)
            else:
                self._unquoted(sentence)
            before = self._subject(sentence, phrases)
        return tuple(sorted(self.found, key=lambda q: q.start))

    def _is_full(self, name: str) -> bool:
        """Whether a name is more than a surname."""
        if self.language.is_family_name_first and not self.language.is_cased:
            return len(name) > 1
        return " " in name

    def _subject(self, sentence: Sentence, phrases: list[Phrase]) -> Phrase | None:
        after = self._behind_label(sentence)
        first = next((p for p in phrases if not p.is_governed and p.first >= after), None)
        return first if first is not None and first.is_somebody else None

    def _behind_label(self, sentence: Sentence) -> int:
        """Return the token behind a label that opens the sentence ("The quay: The council …")."""
        for i in range(sentence.first, min(sentence.last - 1, sentence.first + MAX_LABEL + 1)):
            if self.tokens[i].text in (":", "：") and self.tokens[i + 1].kind == WORD:
                return i + 1
        return sentence.first

    def _note(self, phrases: list[Phrase]) -> None:
        is_first = True
        for phrase in phrases:
            if phrase.name:
                person = self.people.of(phrase.name)
                if person is not None:
                    weight = SUBJECT if is_first and not phrase.is_governed else OTHER
                    self.people.note(self.tokens[phrase.first].start, person, weight)
            is_first = is_first and phrase.is_governed

    def _inside(self, sentence: Sentence) -> list[int]:
        """Return the tokens of the sentence that stand for words in marks, names of sources left
        out.
        """
        every = [i for i in range(sentence.first, sentence.last) if self.tokens[i].kind == QUOTE]
        return [at for at in every if not self.reporter.is_source(at, sentence)]

    def _quoted(self, sentence: Sentence, inside: list[int], before: Phrase | None) -> None:
        tokens = self.tokens
        bare = all(t.kind != WORD for t in tokens[sentence.first : sentence.last])
        low, earlier, known = sentence.first, None, len(self.found)
        for n, at in enumerate(inside):
            if at in self.sources:
                continue
            high = inside[n + 1] if n + 1 < len(inside) else sentence.last
            mark = self.scan.marked[tokens[at].quote]
            report = self._report(sentence, at, low, high, earlier)
            if report is not None and report.phrase is not None:
                self.sources.add(report.phrase.first)
            if report is None and self.language.has_inner_attribution:
                self._inner(mark, sentence)
                if self.found and self.found[-1].start == mark.start:
                    low = at + 1
                    continue
            if report is None and self._is_told(sentence):
                assert self.last is not None
                report = Report("carried", self.last[1].phrase, self.last[1].cue)
            if report is None and bare and self.last and self._continues(sentence):
                report = Report("carried", self.last[1].phrase, self.last[1].cue, is_near=False)
            if report is None and bare and before is not None:
                report = Report("subject", before, None, is_near=False)
            if is_quotation(
                self.text, mark, tokens_before(tokens, at, sentence.first), report, self.language
            ):
                self._add(
                    mark.start,
                    mark.end,
                    kind_of(self.text, mark, report, self.language),
                    report,
                    sentence,
                )
                earlier = report or earlier
            low = at + 1
        if len(self.found) == known:  # names alone stand in marks
            self._unquoted(sentence)

    def _is_told(self, sentence: Sentence) -> bool:
        """Whether the sentence goes on with somebody's words: its verb is a subjunctive of reported
        speech.
        """
        return (
            self.last is not None
            and self.last[0] == sentence.paragraph
            and is_subjunctive(self.reporter, sentence)
        )

    def _continues(self, sentence: Sentence) -> bool:
        return self.last is not None and sentence.paragraph - self.last[0] <= 1

    def _report(
        self, sentence: Sentence, at: int, low: int, high: int, earlier: Report | None
    ) -> Report | None:
        reporter = self.reporter
        found = reporter.behind(at, sentence) or reporter.ahead(at, low, sentence)
        if found is None and earlier is not None:
            return Report("carried", earlier.phrase, earlier.cue, is_near=False)
        return found or reporter.later(at, high, sentence)

    def _inner(self, mark: Marked, sentence: Sentence) -> None:
        found = inner_report(self.text, mark, self.language, self.mentions)
        if found is None:
            return
        speaker = self._name(found.phrase, found.text_start, found.text_end)
        self.found.append(
            Quote(
                mark.start,
                mark.end,
                self.text[mark.start : mark.end],
                "direct",
                speaker.name,
                self.text[found.text_start : found.text_end],
                found.text_start,
                found.text_end,
                found.cue,
                "inner",
            )
        )
        self.last = (sentence.paragraph, Report("inner", None, None), speaker)

    def _unquoted(self, sentence: Sentence) -> None:
        clauses = list(reported_clauses(self.reporter, sentence))
        for clause in clauses:
            start, end = self.tokens[clause.first].start, self.tokens[clause.last - 1].end
            self._add(start, end, "indirect", clause.report, sentence)
        if clauses or not self.language.subjunctives or self.last is None:
            return
        if self.last[0] == sentence.paragraph and is_subjunctive(self.reporter, sentence):
            report = Report("carried", self.last[1].phrase, None, is_near=False)
            last = sentence.last
            while last > sentence.first and self.tokens[last - 1].kind != WORD:
                last -= 1
            if last > sentence.first:
                start, end = self.tokens[sentence.first].start, self.tokens[last - 1].end
                self._add(start, end, "indirect", report, sentence)

    def _add(
        self, start: int, end: int, kind: str, report: Report | None, sentence: Sentence
    ) -> None:
        said = self.text[start:end]
        if report is None:
            self.found.append(Quote(start, end, said, kind))
            return
        if report.pattern == "carried" and self.last is not None:
            speaker = self.last[2]
        else:
            speaker = self._speaker(report, start)
        surface = None if speaker.start is None else self.text[speaker.start : speaker.end]
        cue = None
        if report.cue is not None:
            cue = self.text[self.tokens[report.cue[0]].start : self.tokens[report.cue[1] - 1].end]
        self.found.append(
            Quote(
                start,
                end,
                said,
                kind,
                speaker.name,
                surface,
                speaker.start,
                speaker.end,
                cue,
                report.pattern,
            )
        )
        self.last = (sentence.paragraph, report, speaker)

    def _speaker(self, report: Report, offset: int) -> _Speaker:
        phrase = report.phrase
        if phrase is None:
            at = offset if report.cue is None else self.tokens[report.cue[0]].start
            person = self.people.before(at)
            if person is None and self.last is not None:
                return _Speaker(self.last[2].name, None, None)
            return _Speaker(person.name if person else None, None, None)
        return self._name(phrase, *phrase.span(self.tokens))

    def _together(self, phrase: Phrase, start: int, end: int) -> _Speaker:
        """Return those who speak together, as the text joins them: "Ada Quill und Tom Reeve"."""
        spans = [p.span(self.tokens) for p in phrase.speakers]
        named = [self._name(p, *span) for p, span in zip(phrase.speakers, spans, strict=True)]
        names = [
            speaker.name or self.text[slice(*span)]
            for speaker, span in zip(named, spans, strict=True)
        ]
        if len(set(names)) < len(names):
            return _Speaker(" ".join(self.text[start:end].split()), start, end)
        joint = self.text[spans[-2][1] : spans[-1][0]].strip(" ,")
        return _Speaker(f"{', '.join(names[:-1])} {joint} {names[-1]}", start, end)

    def _name(self, phrase: Phrase, start: int, end: int) -> _Speaker:
        if phrase.speakers:
            return self._together(phrase, start, end)
        if phrase.is_pronoun:
            person = None if phrase.is_plural else self.people.before(start, phrase.gender)
            return _Speaker(person.name if person else None, start, end)
        if phrase.name is not None:
            person = self.people.of(phrase.name)
            if person is None and self._is_full(phrase.name):
                person = self.people.learn(phrase.name, phrase.gender)
            if person is not None or phrase.name not in self.others:
                # "so Kern. Später sagte er": whoever is called by surname alone may be "he" too
                self.people.note(start, person or Person(phrase.name), SPEAKER)
            return _Speaker(person.name if person else phrase.name, start, end)
        if phrase.is_bare:
            person = self.people.before(start, phrase.gender)
            if person is not None:
                return _Speaker(person.name, start, end)
        return _Speaker(" ".join(self.text[start:end].split()), start, end)
