"""What a sources.yml may say, and how a wrong one is told of: file, line, reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.acquire.sources import read_sources
from flows.config.errors import InputError

FULL = """# our publishers
sources:
  - id: harbour-courier
    name: The Harbour Courier
    site: harbourcourier.example
    country: GB
    language: en
    timezone: Europe/London
    owner: Harbour Media
    tier: 1
    feeds: [https://harbourcourier.example/rss.xml]
    sitemaps:
      - https://harbourcourier.example/news.xml
      - http://harbourcourier.example:8080/all.xml.gz
    sections: [https://harbourcourier.example/council/]
    lists: [lists/courier.txt]
    pages: [archive/courier]
    schedule: "*/20 6-23 * * *"
    bounds: {min_articles_a_day: 5, max_articles_a_day: 400}
    rules: [rules/courier.toml]
    delay: 2.5
    user_agent: NewsdeskBot/1.0 (+https://newsdesk.example)
    render: true
    enabled: false
"""


def sources_file(folder: Path, text: str) -> Path:
    path = folder / "s.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    (source,) = read_sources(sources_file(tmp_path, FULL))
    assert (source.tier, source.delay, source.enabled) == (1, 2.5, False)
    assert source.sitemaps == (
        "https://harbourcourier.example/news.xml",
        "http://harbourcourier.example:8080/all.xml.gz",
    )
    assert (source.bounds.min_articles_a_day, source.bounds.max_articles_a_day) == (5, 400)
    assert set(re.findall(r"^ {4}(\w+):", FULL, re.M)) | {"id"} == set(type(source).model_fields)


def test_what_is_left_out_has_a_sane_default(tmp_path: Path) -> None:
    (source,) = read_sources(
        sources_file(tmp_path, "sources:\n- {id: a, name: A, site: 127.0.0.1}\n")
    )
    assert (source.tier, source.enabled, source.feeds, source.delay, source.schedule) == (
        2,
        True,
        (),
        None,
        None,
    )
    assert source.bounds.min_articles_a_day is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sources: [", "cannot be read"),
        ("- a", "must hold one key, `sources`"),
        ("sources:\n- {id: A, name: x, site: a.example}", "s.yml, line 2: id"),
        ("sources:\n- {id: a, site: a.example}", "s.yml, line 2: name: Field required"),
        (
            "sources:\n- {id: a, name: x, site: a.example}\n- {id: a, name: y, site: b.example}",
            "line 3: the id 'a' is already used",
        ),
        (
            "sources:\n- id: a\n  name: x\n  site: a.example\n  name: y",
            "line 5: name stands on line 3 already",
        ),
        ("sources:\n- plain", "line 2: Input should be a valid dictionary"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_sources(sources_file(tmp_path, text))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("feed", "y", "feed: unknown key; did you mean feeds?"),
        ("password", "y", "password: unknown key"),
        ("site", "https://b.example/", "site: give the bare domain"),
        ("site", "B.example", "site: give the bare domain"),
        (
            "country",
            "UK",
            "country: 'UK' is no country code of ISO 3166, such as GB or KE (the United Kingdom "
            "is GB)",
        ),
        ("country", "NO", "country: YAML reads this as false; put the code in quotation marks"),
        ("language", "no", "language: YAML reads this as false"),
        ("language", "english", "language: 'english' is no language code"),
        ("timezone", "London", "timezone: 'London' is no IANA time zone"),
        ("timezone", "GMT+1", "timezone: 'GMT+1' is no IANA time zone"),
        ("tier", "4", "tier: Input should be less than or equal to 3"),
        ("feeds", "https://a.example/rss", "feeds: needs a list: write"),
        ("feeds", "[/rss]", "feeds.0: '/rss' is no address"),
        ("feeds", "[ftp://a.example/rss]", "feeds.0: 'ftp://a.example/rss' is no address"),
        ("sitemaps", "['http://[a/x']", "sitemaps.0: 'http://[a/x' is no address"),
        (
            "sections",
            "[https://me:secret@a.example/]",
            "sections.0: the address of a.example holds a name or password",
        ),
        ("lists", "['']", "lists.0: an empty path"),
        ("schedule", "hourly", "schedule: 'hourly' is no cron schedule"),
        ("schedule", "'61 * * * *'", "schedule: '61 * * * *' is no cron schedule"),
        ("schedule", "'* * * * * *'", "schedule: '* * * * * *' is no cron schedule"),
        ("schedule", "'R 1 * * *'", "schedule: 'R 1 * * *' is no cron schedule"),
        ("schedule", "'0 0 31 2 *'", "schedule: '0 0 31 2 *' is no cron schedule"),
        (
            "bounds",
            "{min_articles_a_day: 9, max_articles_a_day: 3}",
            "bounds: min_articles_a_day (9) is above max_articles_a_day (3)",
        ),
        ("bounds", "{least: 9}", "bounds.least: unknown key"),
        ("delay", "-1", "delay: Input should be greater than or equal to 0"),
        ("enabled", "perhaps", "enabled: Input should be a valid boolean"),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_reason(
    tmp_path: Path, key: str, value: str, said: str
) -> None:
    entry = {"id": "a", "name": "A", "site": "a.example"} | {key: value}
    text = "# one\nsources:\n- " + "\n  ".join(f"{k}: {v}" for k, v in entry.items()) + "\n"
    line = 3 + list(entry).index(key)
    with pytest.raises(InputError) as refused:
        read_sources(sources_file(tmp_path, text))
    assert f"s.yml, line {line}: {said}" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_the_line_is_that_of_the_member_and_all_faults_are_told(tmp_path: Path) -> None:
    text = (
        "sources:\n- id: a\n  name: A\n  site: a.example\n  feeds:\n    - "
        "https://a.example/rss\n    - rss\n  tier: 9\n"
    )
    with pytest.raises(InputError, match=r"s\.yml, line 7: feeds\.1: .*; line 8: tier: "):
        read_sources(sources_file(tmp_path, text))


@pytest.mark.parametrize("good", ["@daily", "0 6 * * mon-fri", "*/10 * * * *", "0 0 29 2 *"])
def test_schedules_that_prefect_takes_are_taken(tmp_path: Path, good: str) -> None:
    from prefect._internal.schemas.validators import validate_cron_string

    assert validate_cron_string(good) == good
    (source,) = read_sources(
        sources_file(
            tmp_path, f"sources:\n- {{id: a, name: A, site: a.example, schedule: '{good}'}}\n"
        )
    )
    assert source.schedule == good


def test_one_address_in_place_of_a_list_is_told_as_that(tmp_path: Path) -> None:
    entry = "sources:\n- id: a\n  name: x\n  site: a.example\n  feeds: https://a.example/rss\n"
    with pytest.raises(InputError, match=r"feeds: needs a list: write \[https://a.example/rss\]"):
        read_sources(sources_file(tmp_path, entry))
