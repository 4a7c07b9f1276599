"""Where a warehouse lives: a DuckDB file, or a DuckLake (Parquet files with a catalog).

A home opens the warehouse for writing and for reading, locks it for a run, and publishes it. The
rest of newsduck speaks SQL and does not know which home it is.
"""
