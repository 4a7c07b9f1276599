"""Compares each source with its own past. Plain functions on counts: no database, clock or Prefect.

`profile.py` learns what is usual. `volume.py` compares numbers of articles with it, `drift.py`
shares of filled fields, lengths, layouts and fetches. `verdicts.py` puts the findings together as
results of checks. The counts come from `flows/steps/source_history.py`.
"""
