"""Two given names before one surname: "Ada and Owen Quill" are Ada Quill and Owen Quill.

Not here: which mentions are one person (`people`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flows.annotate.entities.lexicon import lexicon
from flows.annotate.names.person_name import is_common_given, parse
from flows.annotate.names.words import plain_text

JOINTS = frozenset(("and", "&"))
"""What stands between two people who are named together."""

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
