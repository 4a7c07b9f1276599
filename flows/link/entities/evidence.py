"""Evidence for two names: whom they are mentioned with, in a few articles of each, so that a common
name costs no more.
"""

from __future__ import annotations

from dataclasses import dataclass

SAMPLED_ARTICLES = 6
"""Articles of a name that are read: those with the least keys, a random sample that does not depend
on the order of loading.

`warehouse/merges/45_entity_names.sql` keeps as many.
"""

NEAR, FAR = 2, 4
"""Points that two names need which differ as spellings do (NEAR), or of which one says much less
than the other (FAR).
"""

MAX_PLAIN = 2
"""Points that countries and nationalities give at most: every other article names some."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the sampled articles of two names share.

    `telling` people, organisations, places and events, and `plain` countries, nationalities, bodies
    of states and parties, are named with both. `agreeing` of the `sampled` articles of the
    first name share a telling one with
    those of the second. `is_together`: one article has both.
    """

    telling: int = 0
    plain: int = 0
    agreeing: int = 0
    sampled: int = 0
    is_together: bool = False

    @property
    def points(self) -> int:
        """Two for each telling name that is shared, one for each plain one up to MAX_PLAIN."""
        return 2 * self.telling + min(self.plain, MAX_PLAIN)

    def agrees(self, needed: int, *, is_slip: bool = False) -> bool:
        """Whether the articles speak for one entity.

        Plain names alone never do; what is FAR must agree in half of the articles. One article with
        both names speaks against it, unless one of them may be a slip of the pen.
        """
        if (self.is_together and not is_slip) or not self.telling or self.points < needed:
            return False
        return needed < FAR or 2 * self.agreeing >= self.sampled
