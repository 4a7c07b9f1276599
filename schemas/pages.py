"""`meta.pages`: the ledger, where every page of every run ends in exactly one outcome."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

PAGE_OUTCOMES = ("loaded", "unchanged", "duplicate", "rejected")

PAGES = Contract(
    name="meta.pages",
    doc="One page version seen in one run, with its outcome",
    key=("run_id", "location"),
    rows=pa.DataFrameSchema(
        {
            "page_id": c.key("From the bytes; null where none could be read", nullable=True),
            "location": c.text(
                "Where it was read: a path, a manifest line, an address", longest=8192
            ),
            "url": c.text("Address of the page, where known", longest=4096, nullable=True),
            "source_id": c.text(
                "Source in sources.yml; else the site; else 'unknown'", longest=300
            ),
            "sha256": c.matching(
                "Digest of the bytes", r"^[0-9a-f]{64}$", "64 hexadecimal digits", nullable=True
            ),
            "byte_count": c.count("Size of the page", nullable=True),
            "fetched_at": c.time("When it was fetched; a file's time of change where nobody says"),
            "http_status": c.count("Status of the response, where known", least=100, nullable=True),
            "outcome": c.one_of("How it ended", PAGE_OUTCOMES),
            "detail": c.text(
                "Why, where it was not loaded: a word such as cookie_wall, then a sentence",
                longest=2000,
                nullable=True,
            ),
            "article_id": c.key("Article that the page tells", nullable=True),
            "extractor_version": c.text(
                "Version of the code and rules that judged it", longest=100
            ),
            "position": c.count("Place among the run's pages, from 1", least=1),
            "run_id": c.text("Run that saw it", longest=60),
            "warc_file": c.text(
                "File of the raw store that holds it, for a page from the web",
                longest=4096,
                nullable=True,
            ),
            "warc_offset": c.count("Byte at which its record begins there", nullable=True),
            "layout_id": c.key(
                "Fingerprint of the markup around headline and text; null for plain text",
                nullable=True,
            ),
            "file_stamp": c.text(
                "Size in bytes and time of change (ns since 1970) of the file that held it; null "
                "if it had changed within the last two seconds",
                longest=60,
                nullable=True,
            ),
            "page_number": c.count(
                "63 bits of the MD5 of page_id, by which loads seek it; null until it is loaded",
                nullable=True,
            ),
        },
        strict=True,
        ordered=True,
    ),
)
