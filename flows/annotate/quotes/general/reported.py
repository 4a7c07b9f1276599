"""What somebody is reported to have said without marks, in any language with spaces: "dijo que …",
"laut Quill …", "…, a déclaré Quill", German sentences in the subjunctive.

Not here: English (`flows.annotate.quotes.indirect`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.annotate.quotes.general.attribution import Report, Reporter
from flows.annotate.quotes.tokens import PUNCT, QUOTE, WORD, Sentence

# Tokens between a verb of speech and its conjunction: the subject, a listener, an adverb.
MAX_BETWEEN = 14
# Tokens behind a speaker that ends a sentence ("…, said Quill on Monday").
MAX_TAIL = 8
# Tokens behind verb and subject of "as Quill said on Monday".
MAX_AS_TAIL = 4
# Tokens before a report that may be a subject, whose verb stands behind the report.
MAX_SUBJECT = 3
MIN_CLAUSE = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `first:last` of reported words and the report."""

    first: int
    last: int
    report: Report


def reported_clauses(reporter: Reporter, sentence: Sentence) -> Iterator[Clause]:
    """Yield the clauses that a sentence reports; at most one of them holds each word."""
    tokens = reporter.tokens
    found = (
        _opening(reporter, sentence)
        or _as(reporter, sentence)
        or _that(reporter, sentence)
        or _closing(reporter, sentence)
        or _amid(reporter, sentence)
    )
    if found is None:
        return
    first, last = trim(reporter, found.first, found.last)
    if last - first >= MIN_CLAUSE and not any(t.kind == QUOTE for t in tokens[first:last]):
        yield Clause(first, last, found.report)


def _opening(reporter: Reporter, sentence: Sentence) -> Clause | None:
    """Return the clause behind an "according to Quill" that opens the sentence."""
    report = reporter.according(sentence.first, sentence.last)
    if report is None or report.phrase is None or report.cue is None:
        return None
    return Clause(max(report.phrase.last, report.cue[1]), sentence.last, report)


def _as(reporter: Reporter, sentence: Sentence) -> Clause | None:
    """Return the clause behind an "as Quill said," that opens the sentence."""
    tokens, language = reporter.tokens, reporter.language
    if tokens[sentence.first].low not in language.as_words:
        return None
    for k in range(sentence.first + 2, min(sentence.last, sentence.first + MAX_BETWEEN)):
        if tokens[k].text != ",":
            continue
        report = _as_report(reporter, sentence.first + 1, k)
        if report is not None:
            return Clause(k + 1, sentence.last, report)
    return None


def _as_report(reporter: Reporter, first: int, last: int) -> Report | None:
    """Return the report of "as Quill said" in tokens `first:last`, the "as" left out; the subject
    may stand behind the verb ("comme l’a dit Quill").
    """
    cues = reporter.verbs.cues(first, last)
    if not cues:
        return None
    cue = cues[-1]
    before = reporter.subjects.first(first, cue[0])
    after = reporter.subjects.clitic_in(cue) or reporter.subjects.after(cue[1], last)
    phrase = next((p for p in (before, after) if p is not None and p.is_somebody), before)
    if phrase is None or last - max(cue[1], phrase.last) > MAX_AS_TAIL:
        return None
    return Report("before", phrase, cue)


def _that(reporter: Reporter, sentence: Sentence) -> Clause | None:
    """Return the clause behind a verb of speech and its conjunction; in German also behind its
    comma, where the clause stands in the subjunctive.
    """
    tokens, language = reporter.tokens, reporter.language
    for cue in reporter.verbs.cues(sentence.first, sentence.last):
        if tokens[cue[1] - 1].low in language.names - language.says:
            continue
        for k in range(cue[1], min(sentence.last, cue[1] + MAX_BETWEEN)):
            token = tokens[k]
            if token.kind == QUOTE or token.text in (":", "：", ";"):
                break
            first = None
            if tokens[cue[1] - 1].low in language.that:
                first = k
            elif token.low in language.that:
                first = k + 1
            elif (
                token.text == ","
                and language.subjunctives
                and (k + 1 < sentence.last and tokens[k + 1].low not in language.that)
            ):
                following = tokens[k + 1 : sentence.last]
                if any(t.low in language.subjunctives for t in following) or _ends_infinitive(
                    reporter, k + 1, sentence.last
                ):
                    first = k + 1
            if first is None:
                continue
            phrase = reporter.subjects.of(cue, sentence.first, k, sentence)
            if phrase is None and not language.drops_subject:
                break
            return Clause(first, sentence.last, Report("before", phrase, cue))
    return None


def _ends_infinitive(reporter: Reporter, first: int, last: int) -> bool:
    """Whether the clause from token `first` on is an infinitive ("…, den Kran zu verkaufen")."""
    tokens, markers = reporter.tokens, reporter.language.infinitives
    stop = next((k for k in range(first, last) if tokens[k].kind != WORD), last)
    if stop - first < MIN_CLAUSE:
        return False
    verb = tokens[stop - 1].low
    glued = any(mark in verb[2:-4] for mark in markers)  # "vorzugehen"
    return tokens[stop - 2].low in markers or glued


def _closing(reporter: Reporter, sentence: Sentence) -> Clause | None:
    """Return the words before a verb of speech, or an "according to", that ends the sentence."""
    tokens = reporter.tokens
    if reporter.language.order == "verb-last":
        return None
    commas = [
        k
        for k in range(sentence.first, sentence.last)
        if tokens[k].text == "," and k > sentence.first
    ]
    for k in reversed(commas[-2:]):
        report = _report_behind(reporter, sentence, k)
        if report is None or report.phrase is None:
            continue
        end = max(report.phrase.last, report.cue[1] if report.cue else 0)
        if _goes_on(reporter, sentence, k, end):
            continue
        if sentence.last - end <= MAX_TAIL and report.phrase.is_somebody:
            return Clause(sentence.first, k, report)
    return None


def _report_behind(reporter: Reporter, sentence: Sentence, comma: int) -> Report | None:
    """Return the report that begins right behind a comma and may end the sentence."""
    tokens, language, k = reporter.tokens, reporter.language, comma + 1
    if k >= sentence.last:
        return None
    low, last = tokens[k].low, sentence.last - (tokens[sentence.last - 1].kind == PUNCT)
    as_said = _as_report(reporter, k + 1, last) if low in language.as_words else None
    if as_said is not None:
        return as_said
    cue = (k, k + 1) if low in language.so else reporter.verbs.cue_at(k, sentence.last)
    if cue is not None:
        phrase = reporter.subjects.clitic_in(cue) or reporter.subjects.after(cue[1], sentence.last)
        return Report("inverted", phrase, cue) if phrase is not None else None
    if language.order == "verb-second" and low in language.auxiliaries:
        cues = reporter.verbs.cues(k + 1, last)  # "…, hatte Quill im Rat gesagt"
        phrase = reporter.subjects.after(k + 1, last) if cues and cues[-1][1] == last else None
        return Report("inverted", phrase, cues[-1]) if phrase is not None else None
    return reporter.according_at(k, sentence.last) if low in language.according else None


def _goes_on(reporter: Reporter, sentence: Sentence, comma: int, end: int) -> bool:
    """Whether the words before the comma go on behind the report, which ends before token `end`:
    "Der Kran, so Quill, sei alt". A relative clause does not count.
    """
    tokens, language = reporter.tokens, reporter.language
    if end + 1 >= sentence.last or tokens[end].text != ",":
        return False
    low = tokens[end + 1].low
    is_verb = low in language.auxiliaries or low in language.subjunctives
    is_small = low in language.stops or low in language.that or low in language.determiners
    return is_verb or not is_small or comma - sentence.first <= MAX_SUBJECT


def _amid(reporter: Reporter, sentence: Sentence) -> Clause | None:
    """Return a whole sentence whose source stands amid it: "Der Kran ist laut Quill alt"; "…, dijo
    Quill, …".
    """
    tokens, language = reporter.tokens, reporter.language
    for k in range(sentence.first + 1, sentence.last - 1):
        report = None
        if tokens[k].low in language.according_inside:
            report = reporter.according_at(k, sentence.last)
        elif tokens[k].text == "," and tokens[k + 1].low in language.so:
            phrase = reporter.subjects.after(k + 2, sentence.last)
            report = Report("inverted", phrase, (k + 1, k + 2)) if phrase else None
        elif tokens[k].text == ",":
            cue = reporter.verbs.cue_at(k + 1, sentence.last)
            phrase = reporter.subjects.clitic_in(cue) if cue else None
            phrase = phrase or (reporter.subjects.after(cue[1], sentence.last) if cue else None)
            is_closed = phrase is not None and tokens[phrase.last].text == ","
            report = Report("inverted", phrase, cue) if is_closed else None
        if report is not None and report.phrase is not None and report.phrase.is_somebody:
            return Clause(sentence.first, sentence.last, report)
    return None


def is_subjunctive(reporter: Reporter, sentence: Sentence) -> bool:
    """Whether a whole sentence is told as somebody's words: its main verb is a subjunctive of
    reported speech. Only languages that list such forms have it.
    """
    tokens, language = reporter.tokens, reporter.language
    main = []
    for token in tokens[sentence.first : sentence.last]:
        if token.text in (",", ";", ":"):
            break
        main.append(token.low)
    return any(low in language.subjunctives for low in main[1:])


def trim(reporter: Reporter, first: int, last: int) -> tuple[int, int]:
    """Leave out punctuation and conjunctions at both ends."""
    tokens, language = reporter.tokens, reporter.language
    while first < last and (tokens[first].kind == PUNCT or tokens[first].low in language.that):
        first += 1
    while last > first and tokens[last - 1].kind != WORD:
        last -= 1
    return first, last
