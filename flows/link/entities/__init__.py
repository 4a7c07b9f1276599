"""Which names of different articles are one entity: keys under which they find each other, and the
judgement of those that do.

A *name* is what one article calls an entity in full, by its folded words (`flows.link.names`); of a
person, what articles say of its bearer goes with it, and tells namesakes apart (`namesakes`). Full
names that differ in spelling, order or a middle word form a *group* and are judged together
(`decide.cluster`). Short names (a surname, an initial with a surname, an acronym) may be taken for
a full one that offers them (`decide.may_attach`). What a name may be is judged here from values
alone; reading them from the warehouse and writing the outcome stands in
`flows/resolution/resolver.py`.

A wrong merge is worse than a missed one: likeness of names alone joins nothing but bodies of
states, all else needs articles that agree.
"""

from flows.link.entities.decide import candidates, cluster, is_prominent, may_attach, pair
from flows.link.entities.evidence import Evidence
from flows.link.entities.keys import NameKeys, name_keys
from flows.link.entities.likeness import Likeness, Name, compare
from flows.link.entities.namesakes import Bearing, PersonAttributes, doubtful, people, read_said

__all__ = [
    "Bearing",
    "Evidence",
    "Likeness",
    "Name",
    "NameKeys",
    "PersonAttributes",
    "candidates",
    "cluster",
    "compare",
    "doubtful",
    "is_prominent",
    "may_attach",
    "name_keys",
    "pair",
    "people",
    "read_said",
]
