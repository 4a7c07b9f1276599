"""Blocks that fuse several things: a banner run into the first paragraph, buttons before it, a
whole page on one line.

Such a block is cut into sentences, and around the labels of buttons that stand in it, and the
stretch of pieces that reads as a banner goes. A block that no rule's sentence touches is left as it
is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.clean.metadata.dates import parse_date
from flows.clean.model import Block
from flows.clean.plain.sentences import ends_sentence, split_sentences
from flows.clean.rules import Rule, RuleBook
from flows.clean.subjects import PROMPTS, is_addressed, is_reported
from flows.clean.wording import wording

FUSED = frozenset(
    {
        "donation_banner",
        "newsletter_teaser",
        "subscription_prompt",
        "cookie_notice",
        "app_promotion",
        "copyright_footer",
        "syndication_notice",
        "share_buttons",
        "comment_prompt",
    }
)
"""Reasons that a single sentence inside a paragraph can show. The others need a block of their own
to be told.
"""

OTHER = 0.6
"""What a character of a sentence that no rule knows counts against the banner around it: most
sentences of a banner are known to none.
"""

LABEL = 40
"""Characters that a button's label counts for: a sure sign, though a short one."""

MIN_FUSABLE = 30
"""Characters of the shortest block that can hold two things."""

MAX_LEADING = 500
"""Most characters of a block that goes as a whole when its first sentence is a banner's: the rest
of it is then the banner's too.
"""

MIN_KNOWN_SHARE = 0.4
"""Share of such a block that known sentences must have when its first is none of them."""

MIN_OWN = 90
"""Characters of a sentence no rule knows that is the article's, where the site does not speak."""

MAX_SENTENCE = 200
"""Most characters of a sentence that a rule may claim as a whole: a longer one may be a label and
the article's sentence behind it.
"""

MAX_LABEL_WORDS = 4
_POINTER = wording("plain", "mixed.pointer")
"""A pointer to another text that brings its title: the one kind known inside a paragraph."""

_DATE_HEAD = re.compile(r"^(?:date:?\s+)?(?:(?:19|20)\d\d-\d\d(?:-\d\d)?)(?=\s)", re.I)


@dataclass(slots=True)
class Piece:
    """A sentence or a button's label, the rule that knows it, and whether it is such a label."""

    text: str
    rule: Rule | None = None
    is_label: bool = False


def unfuse(text: str, book: RuleBook) -> list[Block]:
    """Return the block's parts in reading order: kept ones without a reason, and what was fused to
    them with its reason and rule.
    """
    if len(text) < MIN_FUSABLE:
        return [Block(text)]
    head: list[Block] = []
    date = _DATE_HEAD.match(text)
    if date and parse_date(date[0]):
        head.append(Block(date[0], "date_line", "plain.date-head"))
        text = text[date.end() :].lstrip()
    pieces = _pieces(text, book)
    whole = _whole(pieces) if len(text) <= MAX_LEADING else None
    if whole is not None:
        return [*head, Block(text, whole.reason, whole.id)]
    if len(pieces) < 2:
        return [*head, Block(text)] if text else head
    blocks, done = head, 0
    for first, end in _banners(pieces):
        blocks.extend(_kept(pieces[done:first]))
        blocks.extend(_as_blocks(pieces[first:end]))
        done = end
    blocks.extend(_kept(pieces[done:]))
    return blocks


def _whole(pieces: Sequence[Piece]) -> Rule | None:
    """Return the rule under which a short block goes as a whole: its first sentence is a banner's,
    or a good part of it is.

    A block with labels of buttons in it was fused from several, and is cut instead.
    """
    said = [p for p in pieces if p.rule is not None and p.rule.reason in FUSED]
    if len(pieces) < 2 or not said or any(p.is_label for p in pieces):
        return None
    if any(len(p.text) >= MIN_OWN and not is_addressed(p.text) for p in pieces if not p.rule):
        return None
    is_much = sum(len(p.text) for p in said) >= MIN_KNOWN_SHARE * sum(len(p.text) for p in pieces)
    return said[0].rule if is_much or pieces[0] is said[0] else None


def _pieces(text: str, book: RuleBook) -> list[Piece]:
    """Cut the block into sentences, and around labels where it shows that something is fused: a
    known sentence, or labels at its head.
    """
    sentences = [Piece(s, _fused_rule(s, book)) for s in split_sentences(text)]
    if not any(s.rule is not None for s in sentences) and not _opens_with_labels(text, book):
        return [Piece(text)] if text else []
    pieces: list[Piece] = []
    for sentence in sentences:
        pieces.extend(
            [sentence] if sentence.rule is not None else _around_labels(sentence.text, book)
        )
    return pieces


def _fused_rule(sentence: str, book: RuleBook) -> Rule | None:
    if len(sentence) > MAX_SENTENCE:
        return None
    rule = book.match(sentence, where="tail")
    if rule is None or (rule.reason in PROMPTS and is_reported(sentence)):
        return None
    is_fused = rule.reason in FUSED or (
        rule.reason == "related_links" and _POINTER.match(sentence) is not None
    )
    return rule if is_fused else None


def _opens_with_labels(text: str, book: RuleBook) -> bool:
    words = text[:120].split(" ")
    size, rule = _label_at(words, 0, book)
    return rule is not None and size < len(words) and _label_at(words, size, book)[1] is not None


def _around_labels(sentence: str, book: RuleBook) -> list[Piece]:
    """Cut a sentence around the labels in it: a run of words that is a whole rule line, capital
    first, before another capital.
    """
    words = sentence.split(" ")
    pieces: list[Piece] = []
    open_words: list[str] = []
    at = 0
    while at < len(words):
        size, rule = _label_at(words, at, book)
        if rule is None:
            open_words.append(words[at])
            at += 1
            continue
        if open_words:
            pieces.append(_fragment(open_words, book))
            open_words = []
        pieces.append(Piece(" ".join(words[at : at + size]), rule, is_label=True))
        at += size
    if open_words:
        pieces.append(_fragment(open_words, book))
    return pieces


def _fragment(words: list[str], book: RuleBook) -> Piece:
    text = " ".join(words)
    return Piece(text, _fused_rule(text, book))


def _label_at(words: list[str], at: int, book: RuleBook) -> tuple[int, Rule | None]:
    if not words[at][:1].isupper() or not book.may_open_line(words[at]):
        return 0, None
    for size in range(min(MAX_LABEL_WORDS, len(words) - at), 0, -1):
        follows = words[at + size] if at + size < len(words) else "A"
        if (
            not (follows[:1].isupper() or follows[:1] in '“"‘«„')
            or words[at + size - 1][-1:] in ",;:"
        ):
            continue
        rule = book.line(" ".join(words[at : at + size]))
        if rule is not None:
            return size, rule
    return 0, None


def _banners(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Yield (first, end) of each stretch of pieces that reads as a banner: one whose known pieces
    outweigh the others, found in one pass.

    A banner says something and ends in what is known. The labels of buttons alone are one only
    before a text's first word, two or more.
    """
    best, found = 0.0, (0, 0)
    total, start, said, others = 0.0, 0, 0, 0
    for at, piece in enumerate(pieces):
        if total <= 0:
            if best > 0:
                yield found
            best, total, start, said, others = 0.0, 0.0, at, 0, 0
        total += _weight(pieces, at)
        said += piece.rule is not None and not piece.is_label
        others += piece.rule is None
        is_banner = piece.rule is not None and (said or (start == 0 and at > 0 and not others))
        if is_banner and total > best:
            best, found = total, (start, at + 1)
    if best > 0:
        yield found


def _weight(pieces: Sequence[Piece], at: int) -> float:
    piece = pieces[at]
    if piece.is_label:
        return LABEL
    if piece.rule is not None:
        return len(piece.text)
    is_beside_label = (
        at + 1 < len(pieces) and pieces[at + 1].is_label and not ends_sentence(piece.text)
    )
    return len(piece.text) if is_beside_label else -OTHER * len(piece.text)


def _as_blocks(pieces: Sequence[Piece]) -> list[Block]:
    """Return the banner as one block a reason; what no rule knows goes with what stands before it,
    or with the first that one knows.

    A sentence's rule names a banner better than a label's: labels count only where nothing else is
    known.
    """
    said = any(p.rule is not None and not p.is_label for p in pieces)
    groups: list[tuple[Rule | None, list[str]]] = [(None, [])]
    for piece in pieces:
        rule, texts = groups[-1]
        own = None if said and piece.is_label else piece.rule
        if own is not None and rule is not None and own.reason != rule.reason:
            groups.append((own, [piece.text]))
        else:
            texts.append(piece.text)
            groups[-1] = (rule or own, texts)
    return [
        Block(" ".join(texts), rule.reason, rule.id) for rule, texts in groups if rule is not None
    ]


def _kept(pieces: Sequence[Piece]) -> list[Block]:
    return [Block(" ".join(p.text for p in pieces))] if pieces else []
