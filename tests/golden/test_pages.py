"""Every demo page is cleaned and annotated as its expectation says."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from .cases import PAGES, load_expectation, page_names, run_page
from .compare import misses


@pytest.mark.parametrize("name", page_names())
def test_page(name: str) -> None:
    is_html = PurePosixPath(name).suffix == ".html"
    found = misses(load_expectation(name), run_page(name), (PAGES / name).read_bytes(), is_html=is_html)
    assert not found, f"{name}\n  " + "\n  ".join(found)
