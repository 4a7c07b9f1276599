"""How fetching one address may end: the words of `meta.fetches.outcome`, and the first word of the
ledger's detail for a page not got.

What follows from each (tried again, held against the host, looked at again later) stands in
`flows/acquire/web/outcomes.toml`.
"""

from enum import StrEnum


class FetchOutcome(StrEnum):
    """One address, one outcome."""

    OK = "ok"
    UNCHANGED = "unchanged"
    NOT_FOUND = "fetch_404"
    GONE = "fetch_410"
    FORBIDDEN = "fetch_403"
    TOO_MANY_REQUESTS = "fetch_429"
    OTHER_4XX = "fetch_4xx"
    SERVER_ERROR = "fetch_5xx"
    ODD_STATUS = "fetch_odd_status"
    TIMEOUT_CONNECT = "fetch_timeout_connect"
    TIMEOUT_READ = "fetch_timeout_read"
    TIMEOUT_PAGE = "fetch_timeout_page"
    DNS = "fetch_dns"
    REFUSED = "fetch_refused"
    TLS = "fetch_tls"
    CONNECTION = "fetch_connection"
    TRUNCATED = "fetch_truncated"
    BOMB = "fetch_bomb"
    TOO_LARGE = "fetch_too_large"
    ENCODING = "fetch_encoding"
    CONTENT_TYPE = "fetch_content_type"
    REDIRECTS = "fetch_redirects"
    BAD_ADDRESS = "fetch_bad_address"
    PRIVATE_ADDRESS = "fetch_private_address"
    ROBOTS = "fetch_robots"
    LEFT_ALONE = "fetch_left_alone"
    RESERVED = "fetch_reserved"
    UNEXPECTED = "fetch_unexpected"
