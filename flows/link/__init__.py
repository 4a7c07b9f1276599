"""Across articles: the keys by which the same article, text, quotation, block or entity is known
again. Plain functions on plain values.
"""
