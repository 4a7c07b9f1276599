"""Stories: which articles tell the same event. Plain functions on arrays; no database, no clock.

`vectors` weighs words, `likeness` compares two articles, `group` joins articles, `round_ups` says
which articles belong to no story.
"""
