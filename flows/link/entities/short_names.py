"""Decides whom a surname alone means: the one bearer whom the articles of the same days make
overwhelmingly likely, and whose company the article shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.annotate.names.person_name import gender_of, is_common_given, parse

WINDOW_DAYS = 14
"""Days before and after an article in which a bearer must be named in full: news drops the given
name of whom everybody has just read about.
"""

FOLLOW_DAYS = 3
"""The most days between two articles if one of them may say whom a surname alone means in the
other. A story is told for so long.
"""

MAX_SAMPLED = 16
"""Articles of a bearer that are compared with the article at hand, the nearest in time: more than
make a bearer prominent, else whom many articles name shares too little with any one. With 30 no
other surname was decided.
"""

MAX_BEARERS = 8
"""Bearers that are compared, those in most articles of the days around."""

MIN_LEAD, MIN_LEAD_IN_COMPANY = 4, 10
"""How many times the articles of another bearer the foremost must have, where the other shares no
name with the article, and where they share one.
"""

MIN_POINTS, MIN_POINTS_OF_PROMINENT, MIN_PROMINENT = 4, 2, 10
"""Points of company that are needed, and those that a bearer needs who is named in MIN_PROMINENT
articles.
"""

MIN_PLAIN_OF_PROMINENT = 5
"""Countries, bodies of states and parties that say enough of a bearer who is named in MIN_PROMINENT
articles.
"""

MIN_COMPANY, MAX_PROMINENCE = 3, 10
"""Telling names that a bearer must share with the article to be meant though others have more
articles; how many times the articles of that bearer the others may have.
"""

MIN_CALLED = 2
"""Articles that must name the only bearer for a late introduction."""

MIN_SHARED, MIN_ODDS, MIN_CLOSER = 2, 10, 3
"""Telling names that the likeliest bearer must share with the article. The bearer must have
MIN_ODDS times the weight of each other bearer, and MIN_CLOSER times the telling names.
"""

MIN_SOLE, MIN_POINTS_OF_SOLE = 4, 3
"""Articles that must name the only bearer, and points of company that are enough then."""

MIN_SOLE_GIVEN = 2
"""Articles that must name the only bearer of a given name, whom some article calls by it: whoever
is known by the given name has no namesake to fear.
"""

MAX_PLAIN = 2
"""Points that countries and nationalities give at most."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody who may be meant: entity, name, the keys of the entity's names that offer the
    surname, articles that name them in full within WINDOW_DAYS, whether the article at hand is one
    of these, whether any article calls them by the name alone, the names that the article at hand
    shares with the nearest of them, and whether the name is their given name.
    """

    entity_id: str
    name: str
    plain_ids: frozenset[str]
    article_count: int
    is_together: bool
    is_called: bool
    telling: int
    plain: int
    is_given: bool = False

    @property
    def points(self) -> int:
        """Two for each telling name that is shared, one for each plain one up to MAX_PLAIN."""
        return 2 * self.telling + min(self.plain, MAX_PLAIN)

    @property
    def weight(self) -> int:
        """How likely this bearer is: articles, times the square of the company shared."""
        return self.article_count * (1 + self.telling) ** 2


@dataclass(frozen=True, slots=True)
class Lone:
    """A surname alone in one article (or a given name, or an initial with a surname): its keys, the
    gender that its titles say ("he", "she" or None), and who may be meant.
    """

    name_id: str
    plain_id: str
    look: str
    gender: str | None
    bearers: tuple[Bearer, ...]


def choose_bearer(lone: Lone) -> Bearer | None:
    """Return the bearer that a surname alone means, None where that is open.

    A name alone is a surname first of all: those who have it for a given name are asked only where
    no bearer of the surname shares a name with the article. Some article must call them so; for a
    prominent one, it is enough that the name is hardly anything but a given name. A "Louis" of whom
    nobody speaks so may be half a name of something else, such as a ship.
    """
    by_surname = tuple(b for b in lone.bearers if not b.is_given)
    chosen = _choose(replace(lone, bearers=by_surname))
    if chosen or any(b.telling for b in by_surname):
        return chosen
    chosen = _choose(lone)
    return chosen if chosen and (not chosen.is_given or _goes_by(chosen, lone)) else None


def _goes_by(bearer: Bearer, lone: Lone) -> bool:
    """Whether somebody may be called by the given name alone, without the surname."""
    is_common = is_common_given(lone.look.partition(" ")[2])
    return bearer.is_called or (is_common and bearer.article_count >= MIN_PROMINENT)


def _choose(lone: Lone) -> Bearer | None:
    """Return the bearer that a name alone means, None where that is open.

    Whoever the article names in full elsewhere is hardly meant: within an article names are
    resolved already, and this one stayed apart. Only a bearer who needs no introduction may be
    introduced late: a prominent one, or the only one in the company of the article, whom other
    articles call by the surname.
    """
    fitting = [b for b in lone.bearers if _fits(b, lone.gender)]
    possible = [
        b
        for b in fitting
        if not b.is_together
        or b.article_count >= MIN_PROMINENT
        or (
            b.is_called
            and b.article_count >= MIN_CALLED
            and not any(other.telling for other in fitting if other is not b)
        )
    ]
    if not possible:
        return None
    by_count = max(possible, key=lambda b: (b.article_count, b.points, b.entity_id))
    by_company = max(possible, key=lambda b: (b.telling, b.article_count, b.entity_id))
    if _is_prominent(by_count, possible):
        return by_count
    if _is_in_company(by_company, possible) or _is_sole(by_company, lone):
        return by_company
    likeliest = max(possible, key=lambda b: (b.weight, b.entity_id))
    return likeliest if _is_likeliest(likeliest, lone, possible) else None


def _is_prominent(best: Bearer, possible: Sequence[Bearer]) -> bool:
    """Whether the foremost bearer shares names with the article and leads the others by far."""
    is_prominent = best.article_count >= MIN_PROMINENT
    needed = MIN_POINTS_OF_PROMINENT if is_prominent else MIN_POINTS
    is_at_home = is_prominent and best.plain >= MIN_PLAIN_OF_PROMINENT
    if not is_at_home and (not best.telling or best.points < needed):
        return False
    return all(
        other is best
        or best.article_count
        >= (MIN_LEAD_IN_COMPANY if other.telling else MIN_LEAD) * other.article_count
        for other in possible
    )


def _is_in_company(best: Bearer, possible: Sequence[Bearer]) -> bool:
    """Whether the article names several whom this bearer is named with, and hardly anybody whom the
    others are named with; none of them is far more prominent.
    """
    return best.telling >= MIN_COMPANY and all(
        other is best
        or (
            best.telling >= MIN_LEAD * other.telling
            and other.article_count <= MAX_PROMINENCE * best.article_count
        )
        for other in possible
    )


def _is_likeliest(best: Bearer, lone: Lone, possible: Sequence[Bearer]) -> bool:
    """Whether articles and company together speak for one bearer, who goes by this name: "Dallas"
    is not Dallas Quill, whom nobody calls so.
    """
    goes_by = best.is_called or best.is_given or lone.look.endswith(f" {parse(best.name).surname}")
    return (
        goes_by
        and best.telling >= MIN_SHARED
        and all(
            other is best
            or (
                best.weight >= MIN_ODDS * other.weight
                and best.telling >= MIN_CLOSER * other.telling
            )
            for other in possible
        )
    )


def _is_sole(best: Bearer, lone: Lone) -> bool:
    """Whether nobody else bears the name in these days, and several articles call this one so."""
    return (
        len(lone.bearers) == 1
        and best.is_called
        and best.telling > 0
        and (
            best.article_count >= MIN_SOLE_GIVEN
            if best.is_given
            else best.article_count >= MIN_SOLE and best.points >= MIN_POINTS_OF_SOLE
        )
    )


def _fits(bearer: Bearer, gender: str | None) -> bool:
    known = gender_of(parse(bearer.name))
    return gender is None or known is None or known == gender
