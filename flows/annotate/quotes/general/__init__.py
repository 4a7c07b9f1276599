"""Quotations in any language that has a folder of word lists; `find` is the entrance.

English has its own, finer grammar (`flows.annotate.quotes`); this engine reads the lists of all
other languages (`flows.annotate.languages`) and has no branch for any of them.
"""
