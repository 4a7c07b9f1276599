"""Links to pages, out of what lists them: feeds, sitemaps, section pages, files of addresses. Bytes
in, links out; no fetching.
"""
