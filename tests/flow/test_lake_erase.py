"""What is deleted from a lake stands in its files until it is compacted; the search of erased
sentences finds it there.
"""

from __future__ import annotations

from pathlib import Path

from flows.acquire.raw.files import RawFiles
from flows.steps.prove_erased import find_traces
from warehouse.connect import open_writer
from warehouse.homes.address import LAKE, LakeAddress
from warehouse.publish import publish

SENTENCE = "Trade through the harbour of Port Ellery has doubled in ten years, the council heard."


def test_a_deleted_row_is_found_until_the_lake_is_compacted(tmp_path: Path) -> None:
    lake = LakeAddress(str(tmp_path / "w.ducklake"))

    def places() -> set[str]:
        found = find_traces(lake, RawFiles(tmp_path / "raw"), [SENTENCE], []).traces
        return {trace.place for trace in found}

    with open_writer(lake, 5, print) as writer:
        for table in ("in_a_file", "in_the_catalog"):
            writer.execute(f"CREATE TABLE {table} (article_id VARCHAR, text VARCHAR)")
            writer.execute(f"INSERT INTO {table} VALUES ('a', ?), ('b', 'Short.')", [SENTENCE])
            if table == "in_a_file":
                writer.execute(f"CALL ducklake_flush_inlined_data('{LAKE}')")
            writer.execute(f"DELETE FROM {table} WHERE article_id = 'a'")
    before = places()
    assert any(".parquet: text" in place for place in before)
    assert any("inlined_data" in place for place in before)
    assert "ducklake_table_column_stats: max_value" in before
    publish(lake, 5, print, compact=True)
    assert places() == set()
