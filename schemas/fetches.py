"""`meta.fetches`: the log of fetching, a row for each address that a run asked for, whatever came
of it.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract
from schemas.fetch_outcomes import FetchOutcome

FETCH_KINDS = ("page", "feed", "sitemap", "section", "list", "robots")

OUTCOMES = tuple(outcome.value for outcome in FetchOutcome)

FETCHES = Contract(
    name="meta.fetches",
    doc="One address fetched in one run, with its outcome",
    key=("run_id", "log_file", "log_offset"),
    rows=pa.DataFrameSchema(
        {
            "url": c.text("Address asked for, credentials masked", longest=8192),
            "url_key": c.text("Canonical address that its variants share", longest=8192),
            "kind": c.one_of("What it was fetched as", FETCH_KINDS),
            "source_id": c.text(
                "Source in sources.yml that it was fetched for", longest=300, nullable=True
            ),
            "host": c.text(
                "Host asked, with its port where that is not the usual one", longest=300
            ),
            "final_url": c.text("Address after redirects, credentials masked", longest=8192),
            "fetched_at": c.time("When the last request was sent"),
            "outcome": c.one_of("How it ended", OUTCOMES),
            "detail": c.text("What there is to say of it", longest=2000, nullable=True),
            "http_status": c.count(
                "Status of the last response; null where there was none", least=100, nullable=True
            ),
            "content_type": c.text(
                "Type of the page, as the server names it", longest=1000, nullable=True
            ),
            "byte_count": c.count("Size of the page, decoded", nullable=True),
            "transferred_count": c.count(
                "Bytes of bodies that came over the line, all tries and redirects together"
            ),
            "seconds": c.number("Time that requests took, waits between them left out"),
            "attempt_count": c.count("Tries in this run", least=1),
            "etag": c.text("Validator for the next request", longest=1000, nullable=True),
            "last_modified": c.text("Validator for the next request", longest=1000, nullable=True),
            "sha256": c.matching(
                "Digest of the decoded page",
                r"^[0-9a-f]{64}$",
                "64 hexadecimal digits",
                nullable=True,
            ),
            "payload_digest": c.text(
                "WARC's digest of the body as sent", longest=100, nullable=True
            ),
            "warc_file": c.text(
                "File of the raw store that holds the page, of this fetch or of an earlier one",
                longest=300,
                nullable=True,
            ),
            "warc_offset": c.count("Byte at which its record begins there", nullable=True),
            "log_file": c.text(
                "File of the raw store that holds the record of this fetch", longest=300
            ),
            "log_offset": c.count("Byte at which that record begins"),
            "run_id": c.text("Run that loaded it", longest=60),
            "reservation": c.text(
                "Where the publisher reserves text and data mining of this page; null: nowhere",
                longest=300,
                nullable=True,
            ),
            "robot_tags": c.text(
                "What the page asks of robots besides (noarchive, noindex); it changes nothing",
                longest=300,
                nullable=True,
            ),
            "identity_parameters": c.text(
                "Parameters that tell the articles of this listing apart, though others use them "
                "for tracking",
                longest=300,
                nullable=True,
            ),
        },
        strict=True,
        ordered=True,
    ),
)
