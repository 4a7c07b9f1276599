"""One contract a table: what a row must be. Imports nothing of the rest of the project.

The columns, types and limits declared here are the only declaration; migrations, staging and the
data dictionary are held to them by tests.
"""

from schemas.article_facts import ARTICLE_FACTS
from schemas.article_versions import ARTICLE_VERSIONS
from schemas.articles import ARTICLES
from schemas.boilerplate import BOILERPLATE, BOILERPLATE_ROWS
from schemas.checks import CHECKS
from schemas.contract import Contract, ContractError, Row, split_rows
from schemas.counts import (
    COUNTED_BLOCKS,
    COUNTED_DAYS,
    COUNTED_PAIRS,
    COUNTED_QUOTES,
    COUNTED_SPEAKERS,
    COUNTS,
)
from schemas.entities import ENTITIES
from schemas.entity_aliases import ENTITY_ALIASES
from schemas.entity_links import ENTITY_LINKS
from schemas.entity_names import ENTITY_NAMES
from schemas.erased import ERASED
from schemas.fetches import FETCHES
from schemas.hosts import HOSTS
from schemas.incidents import INCIDENTS
from schemas.link_window import LINK_ARTICLES, LINK_QUOTES
from schemas.links import LINK_CORRECTIONS, LINKS, WORDING_PAIRS
from schemas.mentions import MENTION_ROWS, MENTIONS
from schemas.messages import MESSAGES
from schemas.metrics import METRICS
from schemas.migrations import MIGRATIONS
from schemas.narrations import NARRATIONS
from schemas.notifications import NOTIFICATIONS
from schemas.pages import PAGES
from schemas.quarantine import QUARANTINE
from schemas.quotes import QUOTE_ROWS, QUOTES
from schemas.runs import RUNS
from schemas.search_documents import SEARCH_DOCUMENTS
from schemas.site_blocks import SITE_BLOCKS
from schemas.sources import SOURCES
from schemas.stories import STORIES
from schemas.urls import URLS
from schemas.utterances import UTTERANCES
from schemas.watch_hits import WATCH_HITS

TABLES: tuple[Contract, ...] = (
    ARTICLES,
    QUOTES,
    ENTITIES,
    MENTIONS,
    BOILERPLATE,
    ARTICLE_VERSIONS,
    SOURCES,
    STORIES,
    UTTERANCES,
    NARRATIONS,
    PAGES,
    QUARANTINE,
    RUNS,
    METRICS,
    CHECKS,
    INCIDENTS,
    NOTIFICATIONS,
    MESSAGES,
    SITE_BLOCKS,
    MENTION_ROWS,
    QUOTE_ROWS,
    BOILERPLATE_ROWS,
    ENTITY_NAMES,
    ENTITY_LINKS,
    ENTITY_ALIASES,
    FETCHES,
    URLS,
    HOSTS,
    SEARCH_DOCUMENTS,
    LINKS,
    LINK_CORRECTIONS,
    WORDING_PAIRS,
    LINK_ARTICLES,
    LINK_QUOTES,
    ERASED,
    WATCH_HITS,
    ARTICLE_FACTS,
    COUNTS,
    COUNTED_DAYS,
    COUNTED_PAIRS,
    COUNTED_SPEAKERS,
    COUNTED_QUOTES,
    COUNTED_BLOCKS,
    MIGRATIONS,
)
"""Every table of the warehouse, the analyst's first; two of these are views."""

BY_NAME: dict[str, Contract] = {contract.name: contract for contract in TABLES}

__all__ = [
    "ARTICLES",
    "ARTICLE_VERSIONS",
    "BOILERPLATE",
    "BOILERPLATE_ROWS",
    "BY_NAME",
    "CHECKS",
    "ENTITIES",
    "ENTITY_ALIASES",
    "ENTITY_LINKS",
    "ENTITY_NAMES",
    "ERASED",
    "FETCHES",
    "HOSTS",
    "INCIDENTS",
    "LINKS",
    "LINK_ARTICLES",
    "LINK_CORRECTIONS",
    "LINK_QUOTES",
    "MENTIONS",
    "MENTION_ROWS",
    "MESSAGES",
    "METRICS",
    "MIGRATIONS",
    "NARRATIONS",
    "NOTIFICATIONS",
    "PAGES",
    "QUARANTINE",
    "QUOTES",
    "QUOTE_ROWS",
    "RUNS",
    "SEARCH_DOCUMENTS",
    "SITE_BLOCKS",
    "SOURCES",
    "STORIES",
    "TABLES",
    "URLS",
    "UTTERANCES",
    "WATCH_HITS",
    "WORDING_PAIRS",
    "Contract",
    "ContractError",
    "Row",
    "split_rows",
]
