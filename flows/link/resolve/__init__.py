"""Which names of different articles are one entity: keys under which they find each other, and the judgement of those that do.

A *name* is what one article calls an entity in full; equal folded names are one name already (`flows.link.names`). Full names that differ
in spelling, order or a middle word form a *group* and are judged together (`decide.cluster`). Short names (a surname, an initial with a
surname, an acronym) may be taken for a full one that offers them (`decide.may_attach`). What a name may be is judged here from values
alone; reading them from the warehouse and writing the outcome stands in `flows/entities.py`.

A wrong merge is worse than a missed one: likeness of names alone joins nothing but bodies of states, all else needs articles that agree.
"""

from flows.link.resolve.decide import candidates, cluster, is_prominent, may_attach, pair
from flows.link.resolve.evidence import Evidence
from flows.link.resolve.keys import NameKeys, name_keys
from flows.link.resolve.likeness import Likeness, Name, compare

__all__ = [
    "Evidence",
    "Likeness",
    "Name",
    "NameKeys",
    "candidates",
    "cluster",
    "compare",
    "is_prominent",
    "may_attach",
    "name_keys",
    "pair",
]
