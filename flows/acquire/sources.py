"""Reads `sources.yml`: one entry a publisher. A source is data; adding one touches no code.
Fetching it is not done here.

sources:
  - id: harbour-courier
    name: The Harbour Courier
    site: harbourcourier.example        # its domain; every page of this domain belongs to it
    country: GB                         # ISO 3166
    language: en                        # ISO 639
    timezone: Europe/London             # IANA; for dates that its pages print without a zone
    owner: Harbour Media
    tier: 1                             # 1 to 3: how much a day without it would hurt; 2 unless set
    feeds: [https://harbourcourier.example/rss.xml]             # RSS, Atom
    sitemaps: [https://harbourcourier.example/sitemap-news.xml] # of any kind, gzip or not
    sections: [https://harbourcourier.example/council/]         # pages that link to articles
    lists: [lists/harbour-courier.txt]  # files of addresses, one a line
    pages: [archive/harbour-courier]    # stored pages: folders, files, globs, manifests, WARC
    schedule: "*/20 6-23 * * *"         # cron, in the source's time zone; other runs skip it
    bounds: {min_articles_a_day: 5, max_articles_a_day: 400}    # outside them is an incident
    rules: [rules/harbour-courier.toml] # strip rules for this source's pages alone
    delay: 3                            # seconds between requests; robots.txt may ask for more
    user_agent: NewsdeskBot/1.0 (+https://newsdesk.example) # instead of ours, where ours is refused
    render: true                        # its pages need JavaScript; fetch.renderer runs it
    enabled: true                       # false: keep the entry but fetch nothing

Paths are relative to the file. `id`, `name` and `site` must be given; the rest may be left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from flows.config.errors import InputError
from flows.config.fields import Address, Country, Cron, Language, RelativePath, Site, TimeZone
from flows.config.validation import read_entries


class Bounds(BaseModel):
    """Articles a day that are usual for a source; a day outside is an incident."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_articles_a_day: int | None = Field(default=None, ge=0)
    max_articles_a_day: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _are_in_order(self) -> Bounds:
        least, most = self.min_articles_a_day, self.max_articles_a_day
        if least is not None and most is not None and least > most:
            raise ValueError(f"min_articles_a_day ({least}) is above max_articles_a_day ({most})")
        return self


class Source(BaseModel):
    """One publisher; the module's docstring says what the keys mean. Paths are relative to the file
    that lists it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1)
    site: Site
    country: Country | None = None
    language: Language | None = None
    timezone: TimeZone | None = None
    owner: str | None = None
    tier: int = Field(default=2, ge=1, le=3)
    feeds: tuple[Address, ...] = ()
    sitemaps: tuple[Address, ...] = ()
    sections: tuple[Address, ...] = ()
    lists: tuple[RelativePath, ...] = ()
    pages: tuple[RelativePath, ...] = ()
    schedule: Cron | None = None
    bounds: Bounds = Bounds()
    rules: tuple[RelativePath, ...] = ()
    delay: float | None = Field(default=None, ge=0, le=3600)
    user_agent: str | None = Field(default=None, pattern=r"^[\x21-\x7e][\x20-\x7e]{0,300}$")
    render: bool = False
    enabled: bool = True

    @field_validator("feeds", "sitemaps", "sections", "lists", "pages", "rules", mode="before")
    @classmethod
    def _is_a_list(cls, value: Any) -> Any:
        if isinstance(value, str):
            raise ValueError(f"needs a list: write [{value}] in brackets, or each behind a dash")
        return value


def read_sources(path: Path) -> tuple[Source, ...]:
    """Return the sources of one file, in order, those that are not enabled too.

    Raises InputError with the line where YAML is broken, a key is unknown, a value wrong, or an id
    stands twice.
    """
    found: dict[str, tuple[Source, int]] = {}
    for entry in read_entries(path, "sources"):
        source = entry.held_to(Source)
        if source.id in found:
            raise InputError(
                f"{path}, line {entry.line}: the id {source.id!r} is already used "
                f"at line {found[source.id][1]}"
            )
        found[source.id] = (source, entry.line)
    return tuple(source for source, _ in found.values())
