"""Reservations in a round: recorded for page and host, respected unless the operator says
otherwise. Rendering: what a source asks for.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.acquire.raw.store import RawStore
from flows.acquire.warc import read_record
from flows.acquire.web.jobs import Harvest, Way
from flows.acquire.web.render import RenderError, make_renderer
from flows.acquire.web.round import Round
from flows.acquire.web.settings import FetchSettings
from flows.config.errors import InputError
from tests.flow.test_round import Remembered, fetch, job
from tests.web.publisher import Answer, Publisher

RULES = '[{"location": "/news/", "tdm-reservation": 1}]'


@pytest.fixture
def tide() -> Iterator[Publisher]:
    with Publisher() as running:
        running.write_many(2)
        yield running


def test_a_host_that_reserves_is_not_asked_for_pages(tmp_path: Path, tide: Publisher) -> None:
    tide.put("/.well-known/tdmrep.json", RULES, "application/json")
    tide.put("/free/a", "<p>Free to read</p>")
    memory = Remembered()
    jobs = [job(f"{tide.url}/rss.xml", "feed"), job(f"{tide.url}/free/a", "page")]
    found = fetch(tmp_path, memory, *jobs)
    pages = {r.url.rpartition("/")[2]: r for r in found.records if r.kind == "page"}
    assert pages.pop("a").outcome == "ok"
    assert {(r.outcome, r.reservation) for r in pages.values()} == {
        ("fetch_reserved", "tdmrep.json reserves /news/")
    }
    assert not any("/news/" in seen.path for seen in tide.log)
    assert [host.reservation for host in found.hosts] == ["/news/"]
    tide.forget()
    fetch(tmp_path, memory, *jobs)
    assert tide.count("/.well-known/tdmrep.json") == 0, "good for a day"


def test_a_page_that_reserves_is_not_stored(tmp_path: Path, tide: Publisher) -> None:
    path = next(iter(tide._stories))
    secret = b"<!doctype html><p>The words that nobody may mine"
    tide.answer(path, Answer(200, secret, headers={"tdm-reservation": "1"}), always=True)
    found = fetch(tmp_path, Remembered(), job(tide.url + path, "page"))
    (page,) = [r for r in found.records if r.kind == "page"]
    assert (page.outcome, page.reservation) == ("fetch_reserved", "header tdm-reservation")
    assert (page.warc_file, page.sha256) == (None, None)
    for file in (tmp_path / "raw").glob("*.gz"):
        import gzip

        assert secret not in gzip.decompress(file.read_bytes())


def test_without_respect_the_reservation_is_recorded(tmp_path: Path, tide: Publisher) -> None:
    tide.put("/.well-known/tdmrep.json", RULES, "application/json")
    feed = job(f"{tide.url}/rss.xml", "feed")
    found = fetch(tmp_path, Remembered(), feed, respect_reservations=False)
    pages = [r for r in found.records if r.kind == "page"]
    assert {(r.outcome, r.reservation) for r in pages} == {("ok", "tdmrep.json reserves /news/")}
    assert all(r.warc_file for r in pages)


def test_noarchive_changes_nothing(tmp_path: Path, tide: Publisher) -> None:
    path = next(iter(tide._stories))
    body = b"<!doctype html><meta name=robots content='noindex, noarchive'><p>Words"
    tide.answer(path, Answer(200, body), always=True)
    found = fetch(tmp_path, Remembered(), job(tide.url + path, "page"))
    (page,) = [r for r in found.records if r.kind == "page"]
    assert (page.outcome, page.reservation, page.robot_tags) == ("ok", None, "noarchive noindex")


FAKE = """
import sys
print("<html><body><p>Rendered " + sys.argv[1] + "</p></body></html>")
"""


def rendered(folder: Path, tide: Publisher, renderer: str, **more: object) -> Harvest:
    settings = FetchSettings(
        allow_private=True,
        delay=0,
        attempts=1,
        renderer=renderer,
        **more,  # type: ignore[arg-type]
    )
    path = next(iter(tide._stories))
    with RawStore(folder / "raw", 10_000_000) as store:
        work = Round(settings, store, Remembered())
        jobs = [job(tide.url + path, "page")]
        return asyncio.run(work.run(jobs, {}, {"tide": Way(is_rendered=True)}))


def command(folder: Path, program: str) -> str:
    file = folder / "render.py"
    file.write_text(program, encoding="utf-8")
    return f"{sys.executable} {file} {{url}}"


def test_a_command_renders_the_pages_of_a_source(tmp_path: Path, tide: Publisher) -> None:
    found = rendered(tmp_path, tide, command(tmp_path, FAKE))
    (page,) = [r for r in found.records if r.kind == "page"]
    assert (page.outcome, page.detail) == ("ok", "rendered")
    assert page.warc_file is not None
    assert page.warc_offset is not None
    stored = read_record(tmp_path / "raw" / page.warc_file, page.warc_offset, 0, 10_000)
    assert stored.decode().strip() == f"<html><body><p>Rendered {page.url}</p></body></html>"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import sys; sys.exit('no display')", "no display"),
        ("", "0 bytes"),
        ("import time; time.sleep(60)", "took longer than"),
        ("print('x' * 20_000_000)", "printed more than"),
    ],
)
def test_a_renderer_that_fails_costs_the_rendering_alone(
    tmp_path: Path, tide: Publisher, program: str, said: str
) -> None:
    seconds = 0.2 if "sleep" in program else 60
    found = rendered(tmp_path, tide, command(tmp_path, program), render_timeout=seconds)
    (page,) = [r for r in found.records if r.kind == "page"]
    assert page.outcome == "ok"
    assert str(page.detail).startswith("not rendered: ")
    assert said in str(page.detail)


def test_an_address_is_one_word_of_the_command_whatever_it_holds(tmp_path: Path) -> None:
    (tmp_path / "render.py").write_text(FAKE, encoding="utf-8")
    settings = FetchSettings(renderer=f"{sys.executable} {tmp_path / 'render.py'}")
    renderer = make_renderer(settings)
    assert renderer
    url = "https://tide.example/a;touch x&b=$(id) 'q'"
    assert f"Rendered {url}" in asyncio.run(renderer.render(url)).decode()
    missing = make_renderer(FetchSettings(renderer="/no/such/program"))
    assert missing
    with pytest.raises(RenderError, match="cannot be started"):
        asyncio.run(missing.render(url))


def test_without_a_renderer_there_is_none() -> None:
    assert make_renderer(FetchSettings()) is None


def test_playwright_renders_in_chromium(tmp_path: Path, tide: Publisher) -> None:
    """With the extra `render` and a Chromium on the machine; without them the error says what to
    do.
    """
    path = next(iter(tide._stories))
    tide.put(path, "<div id=root></div><script>root.textContent = 'Made ' + (6 * 7)</script>")
    try:
        import playwright  # noqa: F401
    except ImportError:
        with pytest.raises(InputError, match="pip install"):
            make_renderer(FetchSettings(renderer="playwright"))
        return
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    found = rendered(tmp_path, tide, "playwright", browser_path=chromium)
    (page,) = [r for r in found.records if r.kind == "page"]
    assert page.detail == "rendered"
    assert page.warc_file is not None
    assert page.warc_offset is not None
    stored = read_record(tmp_path / "raw" / page.warc_file, page.warc_offset, 0, 10_000)
    assert b"Made 42" in stored
