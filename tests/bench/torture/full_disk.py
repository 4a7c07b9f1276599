"""A disk that fills up: a small tmpfs, where one may be mounted."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

from tests.bench.pages import write_pages
from tests.bench.torture.command import run
from tests.flow.pages import ask


def fill_disk(scratch: Path, sizes: tuple[int, ...] = (6, 8, 10, 12, 14, 18)) -> Counter[str]:
    """Ingest on disks of `sizes` MB, then again with enough room; return what was counted."""
    counted = Counter[str]()
    disk = scratch / "disk"
    disk.mkdir()
    pages = scratch / "disk-pages"
    write_pages(pages, range(60))
    for megabytes in sizes:
        mounted = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(disk)]
        if subprocess.run(mounted, check=False, capture_output=True).returncode:
            counted["not permitted to mount"] += 1
            return counted
        try:
            code, said = run(disk, "ingest", pages, "-w", "w.duckdb")
            counted["runs on a small disk"] += 1
            counted[f"exit code {code}"] += 1
            if code not in (0, 1, 2):
                print(f"disk of {megabytes} MB: exit code {code}: {said}", flush=True)
            subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
            code, said = run(disk, "ingest", pages, "-w", "w.duckdb")
            found = ask(disk / "w.duckdb", "SELECT count(*) FROM articles") if code == 0 else [(0,)]
            if code != 0 or not 50 <= found[0][0] <= 60:
                counted["not recovered"] += 1
                print(f"after a disk of {megabytes} MB: {code}, {found}: {said}", flush=True)
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    return counted
