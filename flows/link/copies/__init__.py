"""Copies: which articles print the same text, edited, and who was first. Plain functions; no
database.
"""
