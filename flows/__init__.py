"""What runs: the flows, the steps they run, and the command.

`acquire/` brings pages in, `clean/` and `annotate/` turn one page into an article with quotes and
mentions, `link/` makes the keys by which articles, quotations and entities meet, `alert/` tells
people. Prefect is imported by the flow modules alone.
"""
