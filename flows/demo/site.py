"""The demo publishers: the outlets of `stories.toml`, each under a path of one server."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from flows.demo import render
from flows.demo.render import Outlet, Story
from flows.demo.server import HTML, Answer, page

XML = "application/xml; charset=utf-8"


def outlets(address: str, now: datetime) -> list[tuple[Outlet, list[Story]]]:
    """Return the outlets with their stories, the newest first, as they stand under `address`.

    Times count back from the full hour before `now` (UTC), so that the same pages have the same
    bytes for an hour.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    told = tomllib.loads(files(__package__).joinpath("stories.toml").read_text(encoding="utf-8"))
    return [
        (_outlet(address, entry), [_story(story, hour) for story in entry["story"]])
        for entry in told["outlet"]
    ]


def _outlet(address: str, entry: dict[str, Any]) -> Outlet:
    return Outlet(
        f"{address}/{entry['path']}",
        entry["name"],
        entry["language"],
        entry["country"],
        tuple(entry["notices"]),
    )


def _story(entry: dict[str, Any], hour: datetime) -> Story:
    at = hour - timedelta(hours=entry["hours"])
    return Story(
        f"/{entry['section']}/{entry['slug']}",
        entry["title"],
        tuple(entry["paragraphs"]),
        at,
        at,
        entry["author"],
    )


def pages(address: str, now: datetime) -> dict[str, Answer]:
    """Return everything that the demo publishers serve under `address`, by path."""
    found: dict[str, Answer] = {}
    everyone = outlets(address, now)
    for outlet, stories in everyone:
        prefix = outlet.base.removeprefix(address)
        latest = max(story.changed_at for story in stories)
        for path, body, kind in (
            ("/", render.front_page(outlet, stories), HTML),
            ("/rss.xml", render.rss(outlet, stories), "application/rss+xml; charset=utf-8"),
            ("/sitemap-news.xml", render.news_sitemap(outlet, stories), XML),
        ):
            found[prefix + path] = page(body, kind, latest)
        for section, _ in render.SECTIONS:
            here = [story for story in stories if story.path.startswith(f"/{section}/")]
            found[f"{prefix}/{section}/"] = page(render.front_page(outlet, here), HTML, latest)
        for story in stories:
            others = [other for other in stories if other is not story][:3]
            found[prefix + story.path] = page(
                render.article_page(outlet, story, others), HTML, story.changed_at
            )
    links = "".join(
        f'<li><a href="{outlet.base}/">{outlet.name}</a></li>' for outlet, _ in everyone
    )
    hour = now.replace(minute=0, second=0, microsecond=0)
    found["/"] = page(
        f"<!doctype html><title>Demo publishers</title><h1>Demo publishers</h1><ul>{links}</ul>",
        HTML,
        hour,
    )
    robots = render.robots([f"{outlet.base}/sitemap-news.xml" for outlet, _ in everyone])
    found["/robots.txt"] = page(robots, "text/plain; charset=utf-8", hour)
    return found
