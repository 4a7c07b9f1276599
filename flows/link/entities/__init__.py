"""Which names of different articles are one entity: the keys under which names find each other, and
the decision.

A *name* is what one article calls an entity in full, by its folded words (`flows.link.names`). A
person's name carries what articles say of its bearer, which separates namesakes (`namesakes`). Full
names that differ in spelling, order or a middle word form a *group* and are decided together
(`decide.cluster`). A short name (a surname, an initial with a surname, an acronym) may be taken for
a full one that offers it (`decide.may_attach`). This package works on values alone;
`flows/resolution/resolver.py` reads them from the warehouse and writes the outcome.

A wrong merge is worse than a missed one: similar names alone join nothing but bodies of states;
everything else needs articles that agree.
"""

from flows.link.entities.decide import (
    candidates,
    cluster,
    is_prominent,
    may_attach,
    pair,
    part_generations,
)
from flows.link.entities.evidence import Evidence
from flows.link.entities.keys import NameKeys, name_keys
from flows.link.entities.likeness import Likeness, Name, compare
from flows.link.entities.namesakes import (
    Bearing,
    PersonAttributes,
    are_two,
    doubtful,
    people,
    read_said,
)

__all__ = [
    "Bearing",
    "Evidence",
    "Likeness",
    "Name",
    "NameKeys",
    "PersonAttributes",
    "are_two",
    "candidates",
    "cluster",
    "compare",
    "doubtful",
    "is_prominent",
    "may_attach",
    "name_keys",
    "pair",
    "part_generations",
    "people",
    "read_said",
]
