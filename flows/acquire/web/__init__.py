"""Fetching from the web, politely: one request at a time to a host, robots.txt and reservations are
obeyed, every address has one named outcome.

`fetcher.py` gets one address; `exchange.py` is one request and its response within limits,
`refresh.py` the redirects that are no status, `addresses.py` where we may connect. `hosts.py`
keeps the manners between requests to one host, `robots.py` and `reservation.py` what it allows,
`outcomes.toml` what follows from each outcome. `round.py` is one round over all sources,
`patience.py` how long it waits for slow hosts, `listings.py` what a listing lists, `render.py` what
runs a page's scripts. `site_discovery.py` and `source_test.py` are behind `newsduck sources`. Not
here: how feeds and sitemaps are read (`find/`) and where bytes are kept (`raw/`).
"""
