"""The demo pages with what is expected of them, and what the program makes of them.

Here: finding a page's expectation, and running a page through `clean_page` and `annotate`. Not
here: how the two are compared (compare.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flows.annotate import annotate
from flows.annotate.model import Annotations
from flows.clean import clean_page
from flows.clean.model import Cleaned

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PAGES = SEEDS / "pages"
EXPECTED = SEEDS / "expected"

Expectation = dict[str, Any]
"""One expectation as it stands in its file; seeds/README.md names the keys."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the program made of one page. A page that is no article is not annotated."""

    cleaned: Cleaned
    annotations: Annotations


def page_names() -> list[str]:
    """Every demo page, relative to seeds/pages, sorted."""
    return sorted(path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*") if path.is_file())


def expectation_path(name: str) -> Path:
    """Where the expectation of the page `name` stands: the same relative path with .json for its
    last suffix.
    """
    return (EXPECTED / name).with_suffix(".json")


def load_expectation(name: str) -> Expectation:
    """Read the expectation of the page `name`. Raises FileNotFoundError where nobody wrote one."""
    expectation: Expectation = json.loads(expectation_path(name).read_text("utf-8"))
    return expectation


@cache
def run_page(name: str) -> Outcome:
    """Clean and annotate the page `name`, knowing nothing of it but its bytes and its suffix."""
    path = PAGES / name
    cleaned = clean_page(path.read_bytes(), is_html=path.suffix == ".html")
    return Outcome(
        cleaned, annotate(cleaned.text) if cleaned.outcome == "article" else Annotations()
    )
