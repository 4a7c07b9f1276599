"""Mutated pages through the real command: cut, doubled, garbled, nested, in wrong encodings."""

from __future__ import annotations

import gzip
import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.bench.pages import page
from tests.bench.torture.command import run
from tests.flow.pages import ask, html_page

Mutation = Callable[[bytes, random.Random], bytes]

PIECES = (
    b"<", b">", b"</p>", b"<p", b"<!--", b"-->", b"<![CDATA[", b"<script>", b"</script>", b"\x00",
    b"\xff", b"\xe2\x80\x9c", b"&#0;", b"&#xD800;", b"&lt;", b"<table><tr><td>", b"<template>",
    b'<meta charset="utf-16">', b'<meta charset="shift_jis">', b"<plaintext>", b"\x1b[2J",
    b'<script type="application/ld+json">{"@graph": [', b'<time datetime="0000-00-00">', b"<svg>",
    b'<link rel="canonical" href="http://[::1">', b'<base href="javascript:1">', b"\xef\xbb\xbf",
    b"\xe2\x80\xae", b"\xed\xa0\x80", b'" onload="x', b"<h1>", b"<article>", b"]]>", b"%PDF-1.7",
)  # fmt: skip


def _cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content))]


def _doubled(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    part = content[start : start + dice.randrange(1, 2000)]
    return content[:start] + part * dice.randrange(2, 30) + content[start:]


def _garbled(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.randrange(1, 200)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _pieces(content: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randrange(1, 40)):
        at = dice.randrange(len(content))
        content = content[:at] + dice.choice(PIECES) + content[at:]
    return content


def _nested(content: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(content))
    return content[:at] + dice.choice(PIECES) * dice.randrange(10, 3000) + content[at:]


def _recoded(content: bytes, dice: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(dice.choice(("utf-16", "utf-32", "cp037", "utf-7", "cp1252")), "replace")


def _shuffled(content: bytes, dice: random.Random) -> bytes:
    parts = content.split(b"<")
    dice.shuffle(parts)
    return b"<".join(parts)


def _packed(content: bytes, dice: random.Random) -> bytes:
    packed = bytearray(gzip.compress(content, mtime=0))
    if dice.random() < 0.5:
        packed[dice.randrange(len(packed))] ^= 1 << dice.randrange(8)
    return bytes(packed)


MUTATIONS: tuple[Mutation, ...] = (
    _cut, _doubled, _garbled, _pieces, _nested, _recoded, _shuffled, _packed,
)  # fmt: skip


def mutated(number: int, seed: int) -> bytes:
    """Return one mutated page, the same for the same number and seed."""
    dice = random.Random(f"{seed}-{number}")
    whole = page(number % 40) if number % 5 == 0 else html_page(f"Berth {number} is dredged")
    content = whole.encode()
    for mutation in dice.sample(MUTATIONS, dice.randrange(1, 4)):
        content = mutation(content or b"<", dice)
    return content


def ingest_mutations(scratch: Path, count: int, a_run: int = 1000, seed: int = 12) -> Counter[str]:
    """Ingest `count` mutated pages, `a_run` a run; return what was counted."""
    counted = Counter[str]()
    for first in range(0, count, a_run):
        folder = scratch / f"mutated-{first}"
        (folder / "pages").mkdir(parents=True)
        size = min(a_run, count - first)
        for number in range(first, first + size):
            (folder / "pages" / f"{number}.html").write_bytes(mutated(number, seed))
        began = time.monotonic()
        code, said = run(folder, "ingest", "pages", "-w", "w.duckdb", timeout=1200)
        seconds = time.monotonic() - began
        counted["pages"] += size
        if code != 0:
            counted["runs failed"] += 1
            print(f"mutations {first} to {first + size}: exit code {code}: {said}", flush=True)
            continue
        for outcome, word, n in ask(
            folder / "w.duckdb",
            "SELECT outcome, split_part(coalesce(detail, ''), ':', 1), count(*) FROM meta.pages "
            "GROUP BY ALL",
        ):
            counted[f"outcome {outcome}"] += n
            if word in ("error", "passing_trouble", "given_up", "contract"):
                counted[f"trouble {word}"] += n
        seen = ask(folder / "w.duckdb", "SELECT count(*) FROM meta.pages")[0][0]
        counted["pages lost"] += size - seen
        counted["seconds"] += round(seconds)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    counted["peak MB of a process"] = peak
    return counted
