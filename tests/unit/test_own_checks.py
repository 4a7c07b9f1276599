"""Checks of the operator's own: read with the same heads, proved before a run, run with the
rest.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.new_warehouse import new_warehouse
from warehouse.check import run_checks
from warehouse.check_loader import OwnCheckError, ThresholdError, all_checks
from warehouse.check_views import create_views
from warehouse.migrate import migrate
from warehouse.own_checks import prove_checks
from warehouse.start_duckdb import fit_to_size

GOOD = """-- severity: warn
-- No article is about the weather alone.
-- scope: row
-- owner: weather-desk
-- runbook: https://wiki.example/weather
-- setting: least_words = 20 (shorter ones are tables of temperatures)
SELECT article_id, source_id FROM checked_articles WHERE word_count < $least_words;
"""


def own(folder: Path, text: str, name: str = "no_weather") -> Path:
    (folder / f"{name}.sql").write_text(text, encoding="utf-8")
    return folder


def test_own_checks_run_with_the_others(tmp_path: Path) -> None:
    checks = all_checks({"no_weather": {"least_words": 50}}, own(tmp_path, GOOD))
    prove_checks(checks)
    (check,) = (c for c in checks if c.name == "no_weather")
    assert (check.owner, check.runbook) == ("weather-desk", "https://wiki.example/weather")
    assert "word_count < 50" in check.query
    assert len(checks) == len(all_checks()) + 1
    with duckdb.connect() as connection:
        migrate(connection)
        assert "no_weather" in {r.check.name for r in run_checks(connection, checks=checks)}


def test_an_own_check_may_name_its_tables_in_any_order(tmp_path: Path) -> None:
    left_out = "SELECT current_setting('disabled_optimizers')"
    asked = f"SELECT 1 AS article_id, NULL AS source_id WHERE ({left_out}) <> ''"
    text = GOOD.replace(GOOD[GOOD.index("SELECT") :], f"{asked} AND $least_words > 0;")
    checks = [c for c in all_checks({}, own(tmp_path, text)) if c.name == "no_weather"]
    with duckdb.connect() as connection:
        migrate(connection)
        fit_to_size(connection)
        small = connection.execute(left_out).fetchall()
        assert [r.status for r in run_checks(connection, checks=checks)] == ["passed"]
        assert connection.execute(left_out).fetchall() == small != [("",)]


def test_an_own_check_that_flags_is_proved(tmp_path: Path) -> None:
    flagging = GOOD.replace(
        "-- runbook", "-- flag: weather\n-- setting: most_share = 0.5 (half)\n-- runbook"
    )
    with pytest.raises(OwnCheckError, match="needs the setting 'least_articles'"):
        prove_checks(all_checks({}, own(tmp_path, flagging)))
    whole = flagging.replace(
        "-- runbook", "-- setting: least_articles = 20 (fewer say little)\n-- runbook"
    )
    prove_checks(all_checks({}, own(tmp_path, whole)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT 1", "must begin with '-- severity"),
        (GOOD.replace("-- scope: row\n", ""), "needs a line '-- scope"),
        (GOOD.replace("-- scope", "-- scoop"), "unknown key 'scoop'"),
        (GOOD.replace("$least_words", "$most_words"), r"uses \$most_words"),
        (GOOD.replace("word_count", "words"), 'cannot run: Binder Error.*"words"'),
        (GOOD.replace("SELECT", "SELECT FROM"), "cannot run: Parser Error"),
        (GOOD.replace("SELECT", "DELETE"), "cannot run: Parser Error"),
        (GOOD.partition("SELECT")[0] + "DELETE FROM articles", "must hold one query"),
        (f"{GOOD} DELETE FROM articles", "must hold one query"),
    ],
)
def test_what_is_wrong_is_told_with_its_file(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(OwnCheckError, match=rf"no_weather.sql.*{reason}"):
        prove_checks(all_checks({}, own(tmp_path, text)))


@pytest.mark.parametrize(
    "written",
    [
        b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace(";\n", " -- the end\n; -- and more").encode(),
        GOOD.replace(";\n", " AND title <> 'a; b' -- no semicolon").encode(),
    ],
    ids=["from Windows", "a comment behind", "a comment at the end"],
)
def test_a_file_may_be_written_as_editors_write_it(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "größe-of-1.sql").write_bytes(written)
    checks = all_checks({}, tmp_path)
    prove_checks(checks)
    assert [check.severity for check in checks if check.name == "größe-of-1"] == ["warn"]


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "old.sql").write_bytes(GOOD.replace("weather", "Größe").encode("latin-1"))
    with pytest.raises(OwnCheckError, match=r"old\.sql cannot be read as UTF-8"):
        all_checks({}, tmp_path)


@pytest.mark.parametrize(
    "flag",
    [
        "",
        "-- flag: odd\n-- setting: most_share = 1 (all)\n-- setting: least_articles = 1 (any)\n",
    ],
)
def test_a_check_that_meets_data_it_cannot_take_is_named(tmp_path: Path, flag: str) -> None:
    head, _, _ = GOOD.partition("-- setting")
    query = "SELECT metric AS article_id FROM meta.metrics WHERE CAST(metric AS BIGINT) > 1"
    checks = all_checks({}, own(tmp_path, f"{head}{flag}{query}"))
    prove_checks(checks)  # an empty warehouse has no such metric
    with duckdb.connect() as connection:
        migrate(connection)
        connection.execute("INSERT INTO meta.metrics VALUES ('r', 's', 'pages.loaded', 1, now())")
        with pytest.raises(OwnCheckError, match=r"no_weather.sql cannot run: Conversion Error"):
            run_checks(connection, checks=[c for c in checks if c.own_file])


def test_names_are_unique_and_the_folder_is_there(tmp_path: Path) -> None:
    with pytest.raises(OwnCheckError, match="newsduck has a check of that name"):
        all_checks({}, own(tmp_path, GOOD, "orphans"))
    with pytest.raises(OwnCheckError, match="no such folder"):
        all_checks({}, tmp_path / "none")
    with pytest.raises(ThresholdError, match="there is no check 'no_weather'"):
        all_checks({"no_weather": {"least_words": 1}})


def test_rounds_over_a_run_and_over_everything_follow_each_other_in_one_session(
    tmp_path: Path,
) -> None:
    with duckdb.connect(str(new_warehouse(tmp_path / "w.duckdb"))) as connection:
        for table in ("current_versions", "replaced"):
            connection.execute(f"CREATE TEMP TABLE {table} (article_id VARCHAR)")
        connection.execute("CREATE TEMP TABLE touched_entities (entity_id VARCHAR)")
        connection.execute("CREATE TEMP TABLE made_of_rows (name_row BIGINT)")
        create_views(connection)
        connection.execute("BEGIN")
        create_views(connection, "run")
        connection.execute("ROLLBACK")
        for run_id in ("run", "run", None, "run"):
            create_views(connection, run_id)
