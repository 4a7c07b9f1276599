"""The raw store: every fetch as it happened, in WARC 1.1 files beside the warehouse.

`record.py` is what is remembered of a fetch, `group.py` the WARC records it becomes, `store.py` the
files they are appended to, and what a crash left of them. Pages are read back as from every WARC
file (`flows/acquire/warc.py`). The store alone tells what was fetched: the record of a fetch is
written behind its pages, so that what no run has loaded yet is found again and used instead of
being fetched twice.
"""
