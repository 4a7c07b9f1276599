"""Reads the words behind `python -m tests.bench.NAME`. `--help` prints the module's docstring; a
word that a bench does not know ends it with what it takes.
"""

from __future__ import annotations

import argparse

from warehouse.connect import WarehouseAddress, exists
from warehouse.homes.address import read_address


def parser_of(doc: str | None, **numbers: float) -> argparse.ArgumentParser:
    """Return a parser whose help is `doc`. It takes `numbers` in their order, each of which may be
    left out: by name what each is without a word. A whole number stays whole.
    """
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, usual in numbers.items():
        parser.add_argument(name, nargs="?", type=type(usual), default=usual, metavar=name.upper())
    return parser


def warehouse(word: str) -> WarehouseAddress:
    """Return the address of a warehouse that is there. Opening another one for writing makes it, so
    a mistyped word becomes a database.
    """
    found = read_address(word)
    if not exists(found):
        raise argparse.ArgumentTypeError(f"no warehouse at {word}")
    return found
