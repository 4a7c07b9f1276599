"""What Prefect adds to a run: late runs are skipped, incidents become events, health becomes an
artifact.
"""
