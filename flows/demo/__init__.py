"""A small invented publisher to try newsduck on: how its pages, feeds and sitemaps look
(`render`).
"""
