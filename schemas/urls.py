"""`meta.urls`: what is known of each address, so that it is asked for again when it is due, and
then conditionally.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract
from schemas.fetches import FETCH_KINDS, OUTCOMES

URLS = Contract(
    name="meta.urls",
    doc="One address as it was last fetched",
    key=("url_key",),
    rows=pa.DataFrameSchema(
        {
            "url_key": c.text("Canonical address that its variants share", longest=8192),
            "url": c.text("Variant that is asked for, credentials masked", longest=8192),
            "kind": c.one_of("What it was fetched as", FETCH_KINDS),
            "source_id": c.text(
                "Source in sources.yml that it was fetched for", longest=300, nullable=True
            ),
            "fetched_at": c.time("When it was last asked for"),
            "outcome": c.one_of("How that ended", OUTCOMES),
            "failure_count": c.count("Failures since it last went well"),
            "look_count": c.count("How often it went well"),
            "due_at": c.time(
                "When it is to be asked for again; null: no more by itself", nullable=True
            ),
            "etag": c.text("Validator of the page that is stored", longest=1000, nullable=True),
            "last_modified": c.text(
                "Validator of the page that is stored", longest=1000, nullable=True
            ),
            "final_url": c.text("Address after redirects, credentials masked", longest=8192),
            "stored_at": c.time(
                "When the page that is stored was fetched; null where none is", nullable=True
            ),
            "sha256": c.matching(
                "Digest of that page, decoded",
                r"^[0-9a-f]{64}$",
                "64 hexadecimal digits",
                nullable=True,
            ),
            "payload_digest": c.text(
                "WARC's digest of its body as sent", longest=100, nullable=True
            ),
            "byte_count": c.count("Its size, decoded", nullable=True),
            "content_type": c.text("Its type, as the server named it", longest=1000, nullable=True),
            "warc_file": c.text("File of the raw store that holds it", longest=300, nullable=True),
            "warc_offset": c.count("Byte at which its record begins there", nullable=True),
            "run_id": c.text("Run that last asked for it", longest=60),
            "identity_parameters": c.text(
                "Parameters that told the articles of this listing apart, in all runs",
                longest=300,
                nullable=True,
            ),
        },
        strict=True,
        ordered=True,
    ),
)
