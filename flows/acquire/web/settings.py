"""How fetching behaves: `[fetch]` in `newsduck.toml`, NEWSDUCK_FETCH__… as variables. Seconds and
bytes unless a name says otherwise.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

ROBOTS_TOKEN = "newsduck"
"""The name that robots.txt addresses us by."""


class FetchSettings(BaseModel):
    """What an operator may set about fetching."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    contact: str | None = Field(
        default=None,
        description="an address or page where publishers reach you; part of the User-Agent",
        pattern=r"^[\x21-\x7e]+$",
    )
    delay: float = Field(
        default=1.0,
        ge=0,
        le=3600,
        description="between two requests to one host; a source or robots.txt may ask for more",
    )
    longest_delay: float = Field(
        default=60.0,
        ge=0,
        description="a longer crawl-delay is taken for this one, or a host would never be done",
    )
    at_once: int = Field(
        default=32, ge=1, le=500, description="requests under way at once, each to another host"
    )
    connect_timeout: float = Field(
        default=10.0, gt=0, description="for the name, the connection and TLS"
    )
    read_timeout: float = Field(default=20.0, gt=0, description="for the server's next bytes")
    page_timeout: float = Field(default=60.0, gt=0, description="for one whole response")
    page_limit: int = Field(
        default=10_000_000,
        ge=1000,
        description="bytes of a page after decompression; news pages reach 5 MB",
    )
    listing_limit: int = Field(
        default=50_000_000,
        ge=1000,
        description="bytes of a feed or sitemap; the sitemap protocol allows 50 MB",
    )
    redirects: int = Field(default=5, ge=0, le=20, description="redirects followed")
    attempts: int = Field(default=3, ge=1, le=10, description="tries of one address in one run")
    first_wait: float = Field(
        default=2.0,
        gt=0,
        description="most before the second try; doubles with each, at random below",
    )
    longest_wait: float = Field(
        default=60.0,
        gt=0,
        description="most before a try; a host that asks for more is left alone till then",
    )
    host_failures: int = Field(
        default=5, ge=1, description="failures of a host in a row after which it is left alone"
    )
    leave_alone: float = Field(
        default=1800.0, gt=0, description="how long at first; doubles each time, up to a day"
    )
    robots_hours: float = Field(
        default=24.0,
        gt=0,
        description="how long a robots.txt is taken for true (RFC 9309: at most 24)",
    )
    revisit_hours: tuple[float, ...] = Field(
        default=(1, 6, 24, 72),
        description="hours after each successful fetch until a page is fetched again; then never",
    )
    run_minutes: float = Field(
        default=60.0,
        gt=0,
        description="fetching ends after this; what is left waits for the next run",
    )
    slow_host_minutes: float = Field(
        default=10.0,
        gt=0,
        description="a host that answers slowly is asked for no longer than this in one run",
    )
    host_minutes: float = Field(
        default=20.0,
        gt=0,
        description="once another host is done, a host is asked for no longer than this in one "
        "run; the rest comes first in the next run",
    )
    load_seconds: float = Field(
        default=10.0,
        ge=0,
        description="while hosts are still being fetched, the pages of sources that are complete "
        "are loaded and published, first after this time, then with at least this time between",
    )
    pages_a_source: int = Field(
        default=1000, ge=1, description="most pages fetched of one source in one run"
    )
    sitemaps_a_source: int = Field(
        default=100,
        ge=1,
        description="most sitemaps of an index fetched in one run, the last changed first",
    )
    respect_reservations: bool = Field(
        default=True,
        description="leave out pages whose text and data mining is reserved "
        "(TDM reservation protocol, noai)",
    )
    renderer: str | None = Field(
        default=None,
        description="runs the scripts of pages of sources with `render: true`: a command that "
        "prints the HTML of {url}, or `playwright`",
    )
    render_timeout: float = Field(default=30.0, gt=0, description="for rendering one page")
    browser_path: Path | None = Field(
        default=None, description="the Chromium that playwright starts; its own unless set"
    )
    allow_private: bool = Field(
        default=False,
        description="let addresses of private networks be fetched; for tests and the demo site",
    )

    @property
    def user_agent(self) -> str:
        """Who we say we are."""
        return f"{ROBOTS_TOKEN}/{version('newsduck')}" + (
            f" (+{self.contact})" if self.contact else ""
        )
