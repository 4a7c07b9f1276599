"""An UPDATE of a table that holds texts takes its rows by number: where it compares keys, a lake
reads every column of every row, texts too (7 s of CPU of a load into a million articles).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import flows.linking

WITH_TEXTS = "articles|utterances|meta.quote_rows|meta.link_articles|meta.link_quotes"

FILES = sorted((Path(flows.linking.__file__).parent / "sql").glob("*.sql"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rows_with_texts_are_updated_by_their_number(file: Path) -> None:
    updates = re.findall(rf"^UPDATE (?:{WITH_TEXTS}) .*?;", file.read_text("utf-8"), re.M | re.S)
    assert [update for update in updates if ".rowid" not in update] == []
