"""Pages in: finding them (`discover`), reading the operator's files (`manifest`, `sources`), and
reading one page's bytes (`read`).
"""
