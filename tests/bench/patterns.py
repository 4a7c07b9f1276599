"""`python -m tests.bench.patterns [SIZE]`: every hostile text of every pattern of the project,
longer than in the suite; prints the patterns that are slow, and exits with 1 where there are any.
"""

from __future__ import annotations

import sys

from tests.bench.words import parser_of
from tests.property.hostile import slowest
from tests.property.patterns import patterns

SIZE = 16_384


def main(words: list[str]) -> int:
    """Try, print, and say whether all is well."""
    size, slow = parser_of(__doc__, size=SIZE).parse_args(words).size, 0
    found = patterns()
    for pattern, place in found.items():
        if told := slowest(pattern, size, is_at_one_place=place.is_at_one_place):
            slow += 1
            print(f"{place.name}: {told}\n    {pattern.pattern!r:.300}", flush=True)
    print(f"{len(found)} patterns, {slow} slow on texts of {size:,} characters")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
