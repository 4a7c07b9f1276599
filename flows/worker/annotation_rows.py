"""The annotations of one page → rows of its names, `mentions` and `quotes`. Values only, as
in `rows.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from flows.annotate.model import Mention, Quote
from flows.annotate.names.words import enumerated
from flows.link import keys
from flows.link.entities import PersonAttributes, name_keys
from flows.link.names import state_code
from flows.worker.rows import ProcessedPage
from schemas import Row


def name_id(page: ProcessedPage, mention: Mention) -> str:
    """Return the key of the name that a mention bears, with what the article says of its bearer. A
    surname alone, or a body without its country, has a key in each page: two articles may mean two
    people, or two countries.
    """
    said = bearer(page, mention)
    if is_lone(mention):
        said = f"{page.page_id} {said or '-'}"
    return keys.name_id(keys.entity_id(mention.label, mention.name), said)


def is_lone(mention: Mention) -> bool:
    """Whether a mention names a person by a surname alone, or by initials with a surname, a body of
    a state without the country, or a club by a nickname that several have.
    """
    look = name_keys(mention.name, mention.label).look
    return look is not None and not look.startswith("acronym ")


def bearer(page: ProcessedPage, mention: Mention) -> str | None:
    """Return what the article says of a person: of one named in full the `PersonAttributes`, of one
    named by surname alone "he" or "she" as titles have it. None for nothing and all others.
    """
    if mention.label != "PERSON":
        return None
    said = page.annotations.bearers.get(mention.name)
    if name_keys(mention.name, mention.label).look:
        return said.gender if said else None
    if said is None:
        return None
    published = page.cleaned.published_at
    born = published.year - said.age if published and said.age else None
    told = PersonAttributes(said.occupation, said.country, said.is_told, born)
    return str(told) if told != PersonAttributes() else None


def spelling_rank(name: str) -> tuple[bool, str]:
    """Return by what the spelling of a name is chosen: the greatest rank leads. The loader does the
    same among articles (`spelling_rank` in warehouse/merges/45_entity_names.sql).
    """
    return any(one.islower() and other.isupper() for one, other in pairwise(name)), name


def _distinct(page: ProcessedPage) -> dict[tuple[str, str], Mention]:
    """Return one mention for each type and name."""
    return {(m.label, m.name): m for m in page.annotations.mentions}


def name_rows(page: ProcessedPage) -> list[Row]:
    """Return one row for each name that the mentions give; the loader gathers forms and articles,
    `flows/resolution` finds their entities.
    """
    spelt: dict[str, Mention] = {}
    for m in _distinct(page).values():
        key = name_id(page, m)
        if key not in spelt or spelling_rank(m.name) > spelling_rank(spelt[key].name):
            spelt[key] = m
    found = []
    for key, m in spelt.items():
        group, look, offers = name_keys(m.name, m.label)
        plain_id = keys.entity_id(m.label, m.name)
        found.append(
            {
                "name_id": key,
                "entity_id": plain_id,
                "name": m.name,
                "type": m.label,
                "country_code": state_code(m.name, m.label),
                "forms": [],
                "group_key": group,
                "look_key": look,
                "offer_keys": list(offers),
                "article_count": 0,
                "article_ids": [],
                "plain_id": plain_id,
                "bearer": bearer(page, m),
                "name_number": 0,
                "key_number": 0,
                "entity_number": 0,
            }
        )
    return found


def mention_rows(page: ProcessedPage, article_id: str) -> list[Row]:
    """Return the rows of `mentions`."""
    text = page.cleaned.text
    ids = {key: (keys.entity_id(*key), name_id(page, m)) for key, m in _distinct(page).items()}
    return [
        {
            "article_id": article_id,
            "entity_id": ids[m.label, m.name][0],
            "name_id": ids[m.label, m.name][1],
            "text": text[m.start : m.end],
            "char_start": m.start,
            "char_end": m.end,
        }
        for m in page.annotations.mentions
    ]


def quote_rows(page: ProcessedPage, article_id: str) -> list[Row]:
    """Return the rows of `quotes`."""
    mentions = page.annotations.mentions
    by_name = {m.name: m for m in reversed(mentions)}
    speakers = [speaking(q, by_name, mentions) for q in page.annotations.quotes]
    return [
        {
            "quote_id": keys.quote_id(article_id, q.start, q.end, q.kind),
            "article_id": article_id,
            "position": position,
            "text": q.text,
            "kind": q.kind,
            "speaker": q.speaker,
            "speaker_surface": q.speaker_surface,
            "speaker_entity_id": keys.entity_id(speaker.label, speaker.name) if speaker else None,
            "speaker_name_id": name_id(page, speaker) if speaker else None,
            "cue": q.cue,
            "char_start": q.start,
            "char_end": q.end,
            "speaker_start": q.speaker_start,
            "speaker_end": q.speaker_end,
            "utterance_id": None,
            "speaker_count": speaker_count(q, mentions),
        }
        for position, (q, speaker) in enumerate(
            zip(page.annotations.quotes, speakers, strict=True), 1
        )
    ]


def speaker_count(quote: Quote, mentions: Sequence[Mention]) -> int | None:
    """Return how many people, organisations or places a quotation is credited to: those whom the
    speaker's words name, where the speaker is all of them ("A and B"); None where nobody is known.
    """
    if quote.speaker is None:
        return None
    start, end = quote.speaker_start or 0, quote.speaker_end or 0
    inside: dict[str, list[str]] = defaultdict(list)
    for m in mentions:
        if start <= m.start and m.end <= end and m.name not in inside[m.label]:
            inside[m.label].append(m.name)
    people = inside.pop("PERSON", [])
    if len(people) > 1 and all(name in quote.speaker for name in people):
        return len(people)
    return next((len(names) for names in inside.values() if enumerated(names) == quote.speaker), 1)


def speaking(
    quote: Quote, by_name: Mapping[str, Mention], mentions: Sequence[Mention]
) -> Mention | None:
    """Return a mention of who speaks: of the speaker's name, else the one of exactly the speaker's
    words.
    """
    if quote.speaker is None:
        return None
    if found := by_name.get(quote.speaker):
        return found
    span = (quote.speaker_start, quote.speaker_end)
    return next((m for m in mentions if (m.start, m.end) == span), None)
