"""Wordings: which quotations are the same thing said, and how their wordings differ. Plain
functions.

`alignment` compares word by word, `spelling` finds words that are spelled differently, `decide`
says whether two quotations are one utterance, `narrated` finds quoted words that an article prints
as its own, `difference` names what differs.
"""
