"""Sources over time: what is usual for each, and what is not. Plain functions on counts: no
database, clock or Prefect.

`profile.py` learns what is usual, `silence.py` and `volume.py` compare articles with it, `drift.py`
fill rates and lengths, `pages.py` fetches and layouts. `judge.py` puts them together into results
of checks. Counts come from `history.py` of the flows, or are generated.
"""
