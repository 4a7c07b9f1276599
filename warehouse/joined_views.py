"""The views that stand for tables: their rows are kept with the number of a name, and each view
joins the entity that the name stands for now (`joined/`).

Whoever writes rows, or seeks them by row number, uses `meta.mention_rows` and `meta.quote_rows`.
"""

from __future__ import annotations

from warehouse.sql import read_folder

JOINED = tuple(view.name for view in read_folder("joined"))
"""Names of the views."""
