"""Listings, and what is done to them: bytes, structure, references, namespaces, charsets.

`python -m tests.web.mutations [COUNT]` tries COUNT mutated listings (65,000 unless given) and
prints how many raised, and what.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.acquire.find.canonical import FindError
from flows.acquire.web import listings
from flows.config.errors import InputError
from flows.demo import render
from flows.demo.render import Outlet, Story

OUTLET = Outlet("https://tide.example", "Ellery Tide")
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
STORIES = tuple(
    Story(f"/news/{name}-{n + 10000}", f"{name.title()} & more – №{n}", ("Words.",), AT, AT)
    for n, name in enumerate(["quay", "ferry-leaves-again", "öl", "storm-closes-the-harbour"])
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A listing that is well: what it is, its bytes, and its Content-Type."""

    kind: str
    content: bytes
    content_type: str


def listing_samples() -> tuple[Sample, ...]:
    """Return one listing of each kind."""
    items = [
        {"id": str(n), "url": OUTLET.base + s.path, "title": s.title} for n, s in enumerate(STORIES)
    ]
    json_feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Tide", "items": items}
    index = render.sitemap_index([(f"{OUTLET.base}/s-{n}.xml", AT) for n in range(3)])
    georss = render.rss(OUTLET, STORIES).replace(
        "</item>",
        '<georss:point xmlns:georss="http://www.georss.org/georss">'
        "45.2 -71.9</georss:point></item>",
    )
    xml = "application/xml; charset=utf-8"
    return (
        Sample("feed", render.rss(OUTLET, STORIES).encode(), "application/rss+xml"),
        Sample("feed", georss.encode(), "application/rss+xml; charset=utf-8"),
        Sample("feed", render.atom(OUTLET, STORIES).encode(), "application/atom+xml"),
        Sample("feed", json.dumps(json_feed).encode(), "application/feed+json"),
        Sample("sitemap", render.news_sitemap(OUTLET, STORIES).encode(), xml),
        Sample("sitemap", index.encode(), xml),
        Sample("section", render.front_page(OUTLET, STORIES).encode(), "text/html; charset=utf-8"),
        Sample("list", "\n".join(OUTLET.base + s.path for s in STORIES).encode(), "text/plain"),
    )


REFERENCES = (
    b"&#55357;&#56841;", b"&#x110000;", b"&#0;", b"&#xD800;", b"&#99999999999999999999;", b"&nbsp;",
    b"&eacute;", b"&undefined;", b"&", b"&;", b"&#;", b"&#x;", b"&amp;amp;", b"&lt;b&gt;", b"]]>",
    b"<![CDATA[", b"<!--", b"-->", b"<?", b"\x00", b"\xff\xfe", b"\xed\xa0\xbd", b"\x1b", b"%",
    b"%zz",
)  # fmt: skip
ADDRESSES = (
    b"http://[x", b"http://xn--/x", b"https://", b"//", b"www.tide.example/a", b"http://a b/c",
    b"https://tide.example:99999/x", b"javascript:void(0)", b"http://\xc3\xa9.example/\xff",
    b"https://tide.example/a b", b"\\\\tide.example\\a", b"?", b"#!", b"http://tide.example@x:y@z/",
    b"https://%00.example/", b"http://1.2.3.4.5/", b"http://0x7f.1/", b"x" * 5000, b"http://[::1%25]/",
)  # fmt: skip
CHARSETS = (
    b"undefined", b"utf-16", b"utf-7", b"idna", b"punycode", b"base64", b"", b"\xff", b"latin-1",
    b"x" * 60, b"unicode_escape", b"rot13", b"mbcs", b"utf-32",
)  # fmt: skip
NAMESPACES = (b"news:", b"image:", b"xhtml:", b"dc:", b":", b"a:b:", b"xml:", b"xmlns:")
JUNK = (
    b"<link/>", b"<guid>", b"<item>", b"</channel>", b"<url/>", b"<loc/>", b"<base href='http://['>",
    b"<georss:box>1 x</georss:box>", b"<georss:polygon>1 2 3</georss:polygon>", b"<a href='http://['>",
    b"<media:content url='http://['/>", b'<link rel="next" href="http://[">',
    b"<content type='x/y'/>",
    b"<pubDate>99999999999999</pubDate>", b"<updated>-1</updated>", b"{", b"[[[[", b'"items":1,',
)  # fmt: skip


def _at(random_: random.Random, content: bytes) -> int:
    return random_.randrange(len(content) + 1)


def flip_bytes(random_: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(random_.randint(1, 30)):
        if changed:
            changed[random_.randrange(len(changed))] = random_.randrange(256)
    return bytes(changed)


def cut(random_: random.Random, content: bytes) -> bytes:
    return content[: _at(random_, content)]


def drop_a_stretch(random_: random.Random, content: bytes) -> bytes:
    begin, end = sorted((_at(random_, content), _at(random_, content)))
    return content[:begin] + content[end:]


def repeat_a_stretch(random_: random.Random, content: bytes) -> bytes:
    begin, end = sorted((_at(random_, content), _at(random_, content)))
    return content[:end] + content[begin:end] * random_.randint(1, 4) + content[end:]


def _insert(choices: Sequence[bytes]) -> Callable[[random.Random, bytes], bytes]:
    def insert(random_: random.Random, content: bytes) -> bytes:
        for _ in range(random_.randint(1, 6)):
            place = _at(random_, content)
            content = content[:place] + random_.choice(choices) + content[place:]
        return content

    return insert


def _after(
    marks: Sequence[bytes], choices: Sequence[bytes]
) -> Callable[[random.Random, bytes], bytes]:
    """Put one of `choices` behind one of `marks`, where the structure takes it seriously."""

    def insert(random_: random.Random, content: bytes) -> bytes:
        places = [content.find(mark) + len(mark) for mark in marks if mark in content]
        if not places:
            return content + random_.choice(choices)
        place = random_.choice(places)
        return content[:place] + random_.choice(choices) + content[place:]

    return insert


def charset(random_: random.Random, content: bytes) -> bytes:
    named = random_.choice(CHARSETS)
    if b'encoding="' in content:
        head, _, rest = content.partition(b'encoding="')
        return head + b'encoding="' + named + rest[rest.find(b'"') :]
    return b'<?xml version="1.0" encoding="' + named + b'"?>' + content


def other_encoding(random_: random.Random, content: bytes) -> bytes:
    name = random_.choice(
        ["utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-8-sig", "cp037", "utf-7"]
    )
    return content.decode("utf-8", "replace").encode(name, "replace")


def undeclare(random_: random.Random, content: bytes) -> bytes:
    return (
        content.replace(b"xmlns", b"xmlnz")
        if random_.random() < 0.5
        else content.replace(b"xmlns:", b"x:")
    )


MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    flip_bytes,
    cut,
    drop_a_stretch,
    repeat_a_stretch,
    charset,
    other_encoding,
    undeclare,
    _insert(REFERENCES),
    _insert(JUNK),
    _after((b"<title>", b"<loc>", b"<h1>", b'"title": "'), REFERENCES),
    _after((b"<link>", b"<loc>", b'href="', b"<guid>", b'"url": "', b"\n"), ADDRESSES),
    _after((b"<item>", b"<entry>", b"<url>", b"<channel>", b"<body>", b"["), JUNK),
    _after((b"<", b"</"), NAMESPACES),
)


def mutated(random_: random.Random, samples: Sequence[Sample]) -> tuple[str, bytes, str]:
    """Return one listing after one to three mutations: its kind, bytes and Content-Type."""
    sample = random_.choice(samples)
    content, content_type = sample.content, sample.content_type
    for _ in range(random_.randint(1, 3)):
        content = random_.choice(MUTATIONS)(random_, content)
    if random_.random() < 0.2:
        named = random_.choice(CHARSETS).decode("latin-1")
        content_type = f"{sample.content_type.split(';')[0]}; charset={named}"
    kind = random_.choice(("feed", "sitemap", "section")) if random_.random() < 0.1 else sample.kind
    return kind, content, content_type


def main(count: int) -> int:
    """Try `count` listings, past the edge that would catch their faults."""
    samples, raised = listing_samples(), Counter[str]()
    with_links = 0
    for seed in range(count):
        kind, content, content_type = mutated(random.Random(seed), samples)
        try:
            listings.detect_kind(content)
            found = listings._listed(
                kind, content, "https://tide.example/list", "tide", content_type
            )
            with_links += bool(found.links or found.sitemaps)
        except (FindError, InputError):
            pass
        except Exception as error:  # noqa: BLE001 (what is counted here)
            name = f"{kind}: {type(error).__name__}"
            raised[name] += 1
            if raised[name] <= 3:
                print(f"seed {seed}: {name}: {error}")
    print(
        f"{count} mutated listings, {with_links} still list something, "
        f"{sum(raised.values())} raised: {dict(raised)}"
    )
    return int(bool(raised))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 65_000))
