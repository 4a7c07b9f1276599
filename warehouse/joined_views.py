"""The views that stand for tables (`joined/`): their rows are kept with the number of the article,
those of mentions and quotes also with that of a name, whose entity the view joins.

Whoever writes rows, or seeks them by row number, uses `meta.mention_rows`, `meta.quote_rows` and
`meta.boilerplate_rows`.
"""

from __future__ import annotations

from warehouse.sql import read_folder

JOINED = tuple(view.name for view in read_folder("joined"))
"""Names of the views."""
