"""`newsduck demo-site`: the invented publishers as they are served."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from flows.acquire.find.feeds import read_feed
from flows.acquire.find.sections import section_links
from flows.acquire.find.sitemaps import read_sitemap
from flows.annotate import annotate
from flows.clean import clean_page
from flows.demo.server import DemoServer
from flows.demo.site import outlets, pages

NOW = datetime(2026, 3, 1, 12, 34, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[str]:
    with DemoServer(("127.0.0.1", 0)) as server:
        server.pages.update(pages(server.url, NOW))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.url
        server.shutdown()
        thread.join()


def test_every_listing_names_every_story_and_every_story_is_an_article(site: str) -> None:
    with httpx.Client(trust_env=False) as client:
        assert client.get(f"{site}/nowhere").status_code == 404
        for outlet, stories in outlets(site, NOW):
            assert f"{outlet.base}/sitemap-news.xml" in client.get(f"{site}/robots.txt").text
            told = {outlet.base + story.path for story in stories}
            front = client.get(f"{outlet.base}/").content
            assert {link.url for link in section_links(front, f"{outlet.base}/")} == told
            assert {
                link.url
                for link in read_feed(
                    client.get(f"{outlet.base}/rss.xml").content, outlet.base
                ).links
            } == told
            assert {
                link.url
                for link in read_sitemap(
                    client.get(f"{outlet.base}/sitemap-news.xml").content, outlet.base
                ).links
            } == told
            for story in stories:
                got = client.get(outlet.base + story.path)
                again = client.get(
                    outlet.base + story.path, headers={"If-None-Match": got.headers["etag"]}
                )
                assert (got.status_code, again.status_code) == (200, 304)
                page = clean_page(got.content, url=str(got.url))
                assert page.outcome == "article"
                assert page.text.split("\n") == list(story.paragraphs)
                assert (page.title, page.authors, page.published_at) == (
                    story.title,
                    (story.author,),
                    story.published_at,
                )
                assert not page.syndicated_from
                assert {block.reason for block in page.stripped} >= {"navigation", "byline"}
                said = [quote for quote in annotate(page.text).quotes if quote.kind != "indirect"]
                assert said
                assert all(quote.speaker for quote in said)
