"""Fetching from the web, politely: one request at a time a host, robots.txt obeyed, every address
with one named outcome.

`fetcher.py` gets one address; `hosts.py` keeps the manners between requests to one host,
`robots.py` what a host allows, `addresses.py` where we may connect at all, `exchange.py` one
request and its response within limits, `outcomes.toml` what follows from each outcome. Not here:
which addresses are wanted (discovery) and where bytes are kept (the raw store).
"""
