"""The page that `newsduck report` writes, and the short form of it that every run leaves in
Prefect.

`read.py` reads how things stand (SQL in `warehouse/report/`), `days.py` puts articles a day beside
what is usual, `charts.py` draws, `page.py` fills `page.html.j2` and `page.css`, `brief.py` says the
same in a few lines, both in the words of `words.py`. No Prefect here:
`flows/prefect_hooks/health_artifact.py` leaves the brief.
"""
