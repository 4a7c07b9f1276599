"""The flows, their steps, and the command.

`acquire/` gets pages. `clean/` and `annotate/` turn a page into an article with quotes and
mentions. `link/` decides what belongs together across articles. `alert/` notifies people. Only the
flow modules and `prefect_hooks/` import Prefect.
"""

from flows import native

native.use()
