"""Given names that take the surname of somebody beside them: "Ada and Owen Quill", "Owen Quill and
his wife, Ada".

Not here: which mentions are one person (`people`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from flows.annotate.entities.lexicon import lexicon
from flows.annotate.names.person_name import gender_of, is_common_given, parse
from flows.annotate.names.words import plain_text

JOINTS = frozenset(("and", "&"))
"""What stands between two people who are named together."""

FAMILY = "wife|husband|widow|widower|son|daughter|sister|brother"
"""Relatives of whom news gives the surname only where it is another one."""

_HIS = re.compile(
    rf"(?:(?![.!?;:]\s|\n).){{0,80}}\b(?P<whose>his|her) (?:late |young )?(?:{FAMILY}),? "
)
_ROYAL = "(?:Prince|Princess|King|Queen|Duke|Duchess|Crown Prince|Emperor|Sultan|Sheikh)"
_OWNED = re.compile(rf"['’]s? (?:late |young )?(?:{FAMILY}),? ")

MAX_CALLED = 2
"""Mentions by surname of a person who is not meant by a given name before another surname."""


def are_joined(text: str, one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether "and" alone stands between two mentions."""
    return text[one[1] : other[0]].strip() in JOINTS


def with_shared_surnames(
    text: str, spans: Sequence[tuple[int, int, str]], surfaces: Sequence[str]
) -> list[str]:
    """Return the surfaces; a given name before "and" and a full name takes its surname.

    A given name that stands alone elsewhere in the article too, or is a surname there, stays as it
    is: it is somebody whom the article calls so. So does the given name of somebody whom the
    article names more than twice.
    """
    found = list(surfaces)
    people = {index for index, (_, _, label) in enumerate(spans) if label == "PERSON"}
    forms = {index: parse(surfaces[index]) for index in people}
    full = [form for form in forms.values() if form.is_full]
    called = Counter(form.surname for form in forms.values())
    counts = Counter(surfaces[index] for index in people)
    for index in sorted(people):
        given, partner = plain_text(surfaces[index]), index + 1
        if (
            partner not in people
            or counts[surfaces[index]] > 1
            or not are_joined(text, spans[index], spans[partner])
            or not is_common_given(given)
            or any(form.surname == given for form in full)
            or any(called[form.surname] > MAX_CALLED for form in full if form.given == given)
        ):
            continue
        name = forms[partner]
        if name.given in lexicon().given and not name.generation:
            words = surfaces[partner].split()[-len(name.surname.split()) :]
            found[index] = " ".join((surfaces[index], *words))
    return found


def with_surnames_of_kin(
    text: str, spans: Sequence[tuple[int, int, str]], surfaces: Sequence[str]
) -> list[str]:
    """Return the surfaces. A relative who has a given name alone takes the surname of the person
    whose relative the text calls them ("Owen Quill and his wife, Ada", "Mr. Quill's son Ned").

    A relative takes none where the article has the given name in a full name, as a surname or as a
    royal's, and none where the other person has no surname.
    """
    found = list(surfaces)
    people = [index for index, (_, _, label) in enumerate(spans) if label == "PERSON"]
    forms = {index: parse(surfaces[index]) for index in people}
    full = [form for form in forms.values() if form.is_full]
    family = {form.surname for form in full}
    for owner, index in pairwise(people):
        if " " in surfaces[index]:
            continue
        given, whose = plain_text(surfaces[index]), forms[owner]
        if (
            given not in lexicon().given
            or any(given in (form.given, form.surname) for form in full)
            or not whose.surname
            or not (
                whose.is_full or (whose.surname in family and not is_common_given(whose.surname))
            )
        ):
            continue
        between = text[spans[owner][1] : spans[index][0]]
        his = _HIS.fullmatch(between)
        other = {"his": "she", "her": "he"}[his["whose"]] if his else ""
        is_kin = _OWNED.fullmatch(between) or (his and gender_of(whose) != other)
        if is_kin and not re.search(rf"\b{_ROYAL} {re.escape(surfaces[index])}\b", text):
            words = _without_generation(surfaces[owner]).split()[-len(whose.surname.split()) :]
            found[index] = " ".join((surfaces[index], *words))
    return found


def _without_generation(surface: str) -> str:
    name, _, last = surface.rpartition(" ")
    return name.removesuffix(",") if name and parse(f"Ada Quill {last}").generation else surface
