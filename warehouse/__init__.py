"""Where the rows land: one DuckDB file with one writer, and a published copy of it for everybody
who reads.

SQL stands in `.sql` files: `migrations/` lay the tables, `merges/` load a run, `views/` serve
analysts, `checks/` return offending rows, `queries/` are worked examples. Nothing here knows
Prefect, HTML or rules.
"""
