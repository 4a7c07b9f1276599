"""A local HTTP server that plays a whole publisher: articles that change, feed, sitemaps, section
pages, robots.txt, conditional requests.

    with Publisher() as tide:         # at http://127.0.0.1:PORT
        tide.write("quay", "Port Ellery widens its quay")   # listings follow
        tide.answer("/news/quay", Answer(503), Answer(429))  # in turn, then the page again
        tide.answer("/bomb", gzip_bomb(), always=True)      # see `faults.py`
        ...
        tide.count("/news/quay"), tide.sent_bytes(), tide.most_at_once, tide.gaps()

Nothing is random and nothing depends on the clock: a story's times are given or follow from its
number. Every request is kept in `log`.
"""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from types import TracebackType
from typing import BinaryIO, Self, cast

from flows.demo import render, server
from flows.demo.render import Outlet, Story
from flows.demo.server import HTML, NOT_FOUND, Answer

__all__ = ["FIRST_DAY", "Answer", "Handler", "Played", "Publisher", "Seen", "page", "publishers"]

FIRST_DAY = datetime(2026, 3, 1, 6, tzinfo=UTC)
"""When the first story is published; each further one follows ten minutes after the one before."""

FEED_LENGTH = 30
"""Stories in a feed and on a front page, the newest first, as publishers do."""


class Handler(BaseHTTPRequestHandler):
    """Answers one connection's requests in the words of its server's publisher."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def setup(self) -> None:
        super().setup()
        self.wfile = cast(BinaryIO, Counting(self.wfile))  # type: ignore[assignment]

    @property
    def publisher(self) -> Publisher:
        return cast(Server, self.server).publisher

    def do_GET(self) -> None:
        self.publisher.serve(self)

    do_HEAD = do_GET  # noqa: N815 (the library's name)

    def log_message(self, *words: object) -> None:
        """Keep quiet; the publisher has a log."""


class Counting:
    """A connection's outgoing side that counts its bytes."""

    def __init__(self, stream: object) -> None:
        self.stream = cast(BinaryIO, stream)
        self.byte_count = 0

    def write(self, data: bytes) -> int:
        written = self.stream.write(data)
        self.byte_count += len(data)
        return written

    def flush(self) -> None:
        self.stream.flush()

    def close(self) -> None:
        self.stream.close()

    @property
    def closed(self) -> bool:
        return self.stream.closed


@dataclass(frozen=True)
class Played(Answer):
    """An answer that `play` writes by hand: it gets the handler, and ends the connection when it
    returns.
    """

    play: Callable[[Handler], None] = lambda handler: None


@dataclass
class Seen:
    """One request. `sent` counts bytes with headers; `started` and `ended` are seconds of
    `time.monotonic`, `ended` None while it lasts.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    status: int
    started: float
    ended: float | None = None
    sent: int = 0


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], publisher: Publisher) -> None:
        self.publisher = publisher
        super().__init__(address, Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves early is what many tests are about."""


class Publisher:
    """One publisher on one host. Use as a context manager."""

    def __init__(
        self,
        address: str = "127.0.0.1",
        name: str = "Ellery Tide",
        crawl_delay: float | None = None,
    ) -> None:
        self.server = Server((address, 0), self)
        self.address = address
        self.url = f"http://{address}:{self.server.server_address[1]}"
        self.outlet = Outlet(self.url, name)
        self.closing = threading.Event()
        self.log: list[Seen] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._stories: dict[str, Story] = {}
        self._fixed: dict[str, Answer] = {}
        self._queued: dict[str, deque[Answer]] = defaultdict(deque)
        self._thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self.robots(crawl_delay=crawl_delay)
        self._rewrite()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    # what the publisher publishes

    def write(
        self,
        slug: str,
        title: str | None = None,
        paragraphs: Sequence[str] | None = None,
        section: str = "news",
        published_at: datetime | None = None,
        changed_at: datetime | None = None,
    ) -> str:
        """Publish the article /SECTION/SLUG, or change it; the front page, section, feeds and
        sitemaps follow. Returns its address.
        """
        path = f"/{section}/{slug}"
        paragraphs = paragraphs or own_words(slug)
        with self._lock:
            before = self._stories.get(path)
            if before is None:
                published_at = published_at or FIRST_DAY + timedelta(
                    minutes=10 * len(self._stories)
                )
                story = Story(
                    path,
                    title or f"The matter of {slug}",
                    tuple(paragraphs),
                    published_at,
                    changed_at or published_at,
                )
            else:
                later = changed_at or before.changed_at + timedelta(hours=1)
                story = replace(
                    before,
                    title=title or before.title,
                    paragraphs=tuple(paragraphs),
                    changed_at=later,
                )
            self._stories[path] = story
            self._fixed[path] = page(
                render.article_page(self.outlet, story), changed_at=story.changed_at
            )
            self._rewrite()
        return self.url + path

    def write_many(self, count: int) -> list[str]:
        """Publish `count` articles, each with words of its own; return their addresses."""
        with self._lock:
            for number in range(len(self._stories), len(self._stories) + count):
                at = FIRST_DAY + timedelta(minutes=10 * number)
                path, title = (
                    f"/news/{number:05}-harbour",
                    f"Harbour council sits for the {number}. time",
                )
                told = (
                    f"At its meeting number {number} the council of {self.outlet.name} "
                    f"counted {number * 7 + 11} ships."
                )
                story = Story(path, title, (told, *own_words(path)), at, at)
                self._stories[path] = story
                self._fixed[path] = page(render.article_page(self.outlet, story), changed_at=at)
            self._rewrite()
            return [self.url + path for path in list(self._stories)[-count:]]

    def withdraw(self, path: str) -> None:
        """Take an article away: its address is 410 from now on, and nothing links to it."""
        with self._lock:
            del self._stories[path]
            self._fixed[path] = Answer(410, b"<h1>Gone</h1>")
            self._rewrite()

    def robots(
        self, disallowed: Sequence[str] = ("/private/",), crawl_delay: float | None = None
    ) -> None:
        """Write robots.txt; `crawl_delay` is in seconds."""
        text = render.robots([f"{self.url}/sitemap.xml"], disallowed, crawl_delay)
        self._fixed["/robots.txt"] = page(text, "text/plain; charset=utf-8")

    def put(
        self,
        path: str,
        body: str | bytes,
        content_type: str = HTML,
        changed_at: datetime | None = None,
    ) -> str:
        """Serve `body` at `path` (with its query, if it has one), with ETag and Last-Modified;
        return the address.
        """
        self._fixed[path] = page(body, content_type, changed_at)
        return self.url + path

    def answer(self, path: str, *answers: Answer, always: bool = False) -> str:
        """Give these answers to the next requests of `path`, in turn, then what stands there;
        `always`: the last one for ever.
        """
        with self._lock:
            if always:
                self._fixed[path] = answers[-1]
                answers = answers[:-1]
            self._queued[path].extend(answers)
        return self.url + path

    def _rewrite(self) -> None:
        """Bring what lists the stories up to date."""
        newest = sorted(
            self._stories.values(), key=lambda story: (story.published_at, story.path), reverse=True
        )
        changed_at = max((story.changed_at for story in newest), default=FIRST_DAY)
        latest = newest[:FEED_LENGTH]
        xml = "application/xml; charset=utf-8"
        for path, body, kind in (
            ("/", render.front_page(self.outlet, latest), HTML),
            ("/rss.xml", render.rss(self.outlet, latest), "application/rss+xml; charset=utf-8"),
            ("/atom.xml", render.atom(self.outlet, latest), "application/atom+xml; charset=utf-8"),
            ("/sitemap-news.xml", render.news_sitemap(self.outlet, newest), xml),
            (
                "/sitemap.xml",
                render.sitemap_index([(f"{self.url}/sitemap-news.xml", changed_at)]),
                xml,
            ),
        ):
            self._fixed[path] = page(body, kind, changed_at)
        for section, _ in render.SECTIONS:
            here = [story for story in newest if story.path.startswith(f"/{section}/")]
            self._fixed[f"/{section}/"] = page(
                render.front_page(self.outlet, here[:FEED_LENGTH]), changed_at=changed_at
            )

    # what was asked of it

    def count(self, path: str | None = None, status: int | None = None) -> int:
        """Return how many requests came, of `path` and with `status` where given."""
        return sum(
            path in (None, seen.path) and status in (None, seen.status) for seen in list(self.log)
        )

    def sent_bytes(self, path: str | None = None) -> int:
        """Return the bytes sent, headers too, for `path` where given."""
        return sum(seen.sent for seen in list(self.log) if path in (None, seen.path))

    def gaps(self) -> list[float]:
        """Return the seconds from each answer's end to the next request's beginning."""
        return [
            after.started - (before.ended or before.started)
            for before, after in pairwise(list(self.log))
        ]

    def forget(self) -> None:
        """Begin the log anew."""
        with self._lock:
            self.log.clear()
            self.most_at_once = 0

    # answering

    def serve(self, handler: Handler) -> None:
        """Answer one request and keep it in the log."""
        before = cast(Counting, handler.wfile).byte_count
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            queue = self._queued.get(handler.path)
            answer = queue.popleft() if queue else self._standing(handler.path)
            answer = server.not_modified(
                answer,
                handler.headers.get("If-None-Match"),
                handler.headers.get("If-Modified-Since"),
            )
            seen = Seen(
                handler.command,
                handler.path,
                dict(handler.headers),
                answer.status,
                time.monotonic(),
            )
            if answer is not NOT_FOUND or not handler.path.startswith("/.well-known/"):
                self.log.append(seen)  # nobody's test is about the rules that are not there
        try:
            if isinstance(answer, Played):
                handler.close_connection = True
                answer.play(handler)
            else:
                server.send(handler, answer)
        except OSError:
            handler.close_connection = True  # the client has gone
        finally:
            with self._lock:
                self._at_once -= 1
                seen.ended, seen.sent = (
                    time.monotonic(),
                    cast(Counting, handler.wfile).byte_count - before,
                )

    def _standing(self, path: str) -> Answer:
        """Return what stands at `path`, or at the path before its query."""
        return self._fixed.get(path) or self._fixed.get(path.partition("?")[0]) or NOT_FOUND


NOUNS = (
    "barge beacon buoy cargo crane dredger ferry freighter gull harbourer hawser keel kelp lantern "
    "lighter lock mast mooring net oar pier pilot pump quay rigging rope rudder sail sluice tide "
    "tug wharf winch"
).split()
DEEDS = "lifted towed painted counted mended watched crossed hauled left found hid sold".split()
PLACES = (
    "Stellan Fenwick Morrow Eastmere Ellery Quarle Tamsin Orford Hale Lindow Brack Senn".split()
)


def own_words(name: str, count: int = 20) -> tuple[str, ...]:
    """Return two paragraphs that no other story has; the same for the same name. Stories that share
    theirs would be taken for walls, and their paragraphs for what the site repeats.
    """
    chosen = random.Random(name)
    sentences = [
        f"The {chosen.choice(NOUNS)} of {chosen.choice(PLACES)} {chosen.choice(DEEDS)} a "
        f"{chosen.choice(NOUNS)} near the {chosen.choice(NOUNS)} "
        f"with {chosen.randrange(2, 99)} men."
        for _ in range(count)
    ]
    return " ".join(sentences[: count // 2]), " ".join(sentences[count // 2 :])


def page(body: str | bytes, content_type: str = HTML, changed_at: datetime | None = None) -> Answer:
    """Return an answer with an ETag from its bytes and a Last-Modified."""
    return server.page(body, content_type, changed_at or FIRST_DAY)


@contextmanager
def publishers(count: int) -> Iterator[list[Publisher]]:
    """Start `count` publishers, each on a loopback address of its own, so that each is another
    host.
    """
    with ExitStack() as stack:
        yield [
            stack.enter_context(Publisher(f"127.0.1.{n}", f"Tide {n}")) for n in range(1, count + 1)
        ]
