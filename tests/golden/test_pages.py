"""Every demo page is cleaned and annotated as its expectation says, but for the misses that it
lists as known.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from .cases import PAGES, load_expectation, page_names, run_page
from .compare import misses


@pytest.mark.parametrize("name", page_names())
def test_page(name: str) -> None:
    is_html, expectation = PurePosixPath(name).suffix == ".html", load_expectation(name)
    found, known = (
        misses(expectation, run_page(name), (PAGES / name).read_bytes(), is_html=is_html),
        expectation.get("known_misses", []),
    )
    changed = [f"new: {miss}" for miss in found if miss not in known] + [
        f"mended, strike it off: {miss}" for miss in known if miss not in found
    ]
    assert not changed, f"{name}\n  " + "\n  ".join(changed)
