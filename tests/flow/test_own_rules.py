"""A source's own strip rules: they hold for its pages alone, and when they change, its pages alone
are judged anew.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flows.clean.rules import RuleError
from flows.steps.reprocess import Selection, choosing
from flows.steps.request import Request
from tests.flow.pages import PARAGRAPHS, ask, file_of, html_page, ingest, request
from warehouse.connect import WarehouseAddress

pytestmark = pytest.mark.usefixtures("unlinked", "unpublished", "unwarned")

LINE = "The lamp above the old chandlery burns for every subscriber of ours."
RULE = """
[[rule]]
id = "tide.lamp"
reason = "{reason}"
where = "any"
lines = ["{line}"]
cuts = ["{line}"]
keeps = ["They walked to the old chandlery and back."]
"""

SOURCES = """
sources:
- {id: tide, name: Tide, site: tide.example, pages: [tide], rules: [rules/tide.toml]}
- {id: ebb, name: Ebb, site: ebb.example, pages: [ebb]}
"""


@pytest.fixture
def asked(tmp_path: Path) -> Request:
    """Two sources that print the same line, one of them with a rule against it, and a page that
    only its address gives to that one.
    """
    (tmp_path / "rules").mkdir()
    write_rule(tmp_path, "subscription_prompt")
    for place, site in (("tide", "tide"), ("ebb", "ebb"), ("loose", "tide")):
        (tmp_path / place).mkdir()
        page = html_page(
            f"From the {place}",
            [PARAGRAPHS[0], f"{LINE}", *PARAGRAPHS[1:], f"It was {place}."],
            f"https://{site}.example/{place}",
        )
        (tmp_path / place / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "s.yml").write_text(SOURCES, encoding="utf-8")
    folders = [tmp_path / place for place in ("tide", "ebb", "loose")]
    return replace(request(tmp_path, *folders), sources_file=tmp_path / "s.yml", site_memory=False)


def write_rule(folder: Path, reason: str) -> None:
    (folder / "rules" / "tide.toml").write_text(
        RULE.format(reason=reason, line=LINE.casefold().rstrip(".")), encoding="utf-8"
    )


def cut_lines(warehouse: WarehouseAddress) -> list[tuple[str, str]]:
    return ask(
        warehouse,
        "SELECT a.canonical_url, b.reason FROM boilerplate AS b JOIN articles AS a USING "
        "(article_id) WHERE rule = 'tide.lamp' ORDER BY 1",
    )


def test_own_rules_hold_for_one_source_and_a_change_judges_it_anew(
    asked: Request, tmp_path: Path
) -> None:
    ingest(asked)
    mine = ["https://tide.example/loose", "https://tide.example/tide"]
    assert cut_lines(asked.warehouse) == [(url, "subscription_prompt") for url in mine]
    assert ask(
        asked.warehouse, "SELECT count(DISTINCT extractor_version), count(*) FROM articles"
    ) == [(2, 3)]
    ingest(asked)
    assert ask(
        asked.warehouse, "SELECT unchanged_count FROM meta.runs ORDER BY run_id DESC LIMIT 1"
    ) == [(3,)]
    write_rule(tmp_path, "donation_banner")
    with choosing(asked, Selection(), apply=True, flow="reprocess") as (_, chosen):
        assert sorted(ref.source_id or "" for ref in chosen.refs) == ["tide", "tide"]
    ingest(asked)
    assert cut_lines(asked.warehouse) == [(url, "donation_banner") for url in mine]
    assert ask(
        asked.warehouse,
        "SELECT loaded_count, unchanged_count FROM meta.runs ORDER BY run_id DESC LIMIT 1",
    ) == [(2, 1)]


def test_a_wrong_rule_file_is_told_before_anything_is_touched(
    asked: Request, tmp_path: Path
) -> None:
    (tmp_path / "rules" / "tide.toml").write_text("[[rule]]\nid = 'x'\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"tide\.toml"):
        ingest(asked)
    (tmp_path / "rules" / "tide.toml").unlink()
    with pytest.raises(RuleError, match="cannot be read"):
        ingest(asked)
    assert not file_of(asked).exists()
