"""Writes the page of `newsduck report`, and its short form for Prefect.

`read.py` reads the data (SQL in `warehouse/report/`), `days.py` compares articles a day with the
usual, `charts.py` draws, `page.py` fills `page.html.j2` and `page.css`, `brief.py` writes the short
form; both use the words of `words.py`. `wordings.py` puts wordings beside each other. `view.py`
shows one cleaned page or annotated texts, whose marks `marked_text.py` cuts into pieces. No Prefect
here: `flows/prefect_hooks/health_artifact.py` writes the artifact.
"""
