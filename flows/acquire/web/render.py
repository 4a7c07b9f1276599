"""Runs a page's scripts where a source asks for it: by a command of the operator's, or by
Playwright (the optional extra `render`).

A renderer gets an address that was fetched before, so robots.txt, reservations and the pauses of
the host have had their say. What it gives back is the page's HTML after its scripts have run.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, Any, Protocol
from urllib.parse import urlsplit

from flows.acquire.web.addresses import is_public
from flows.acquire.web.fetched import Fetched
from flows.acquire.web.settings import FetchSettings
from flows.config.errors import InputError
from schemas.fetch_outcomes import FetchOutcome

PLAYWRIGHT = "playwright"
PLACEHOLDER = "{url}"
TICK_SECONDS = 0.1
MAX_SAID = 300
"""Characters of a command's error output that are told."""


class RenderError(Exception):
    """A page could not be rendered; the message says why."""


class Renderer(Protocol):
    """Runs pages' scripts."""

    name: str

    async def render(self, url: str) -> bytes:
        """Return the page at `url` as UTF-8 HTML after its scripts have run. Raises RenderError."""

    async def close(self) -> None:
        """End what was started."""


def make_renderer(settings: FetchSettings) -> Renderer | None:
    """Return the renderer that the settings name; None where they name none. Raises InputError
    where it cannot be had.
    """
    if not settings.renderer:
        return None
    if settings.renderer == PLAYWRIGHT:
        return PlaywrightRenderer(settings)
    return CommandRenderer(settings)


async def rendered(fetched: Fetched, renderer: Renderer) -> Fetched:
    """Return a page as it is after its scripts have run, behind the response as it came. A page
    that cannot be rendered stays as it came, and the detail says why.
    """
    if fetched.outcome is not FetchOutcome.OK:
        return fetched
    came = fetched.exchanges[-1]
    try:
        content = await renderer.render(came.url)
    except RenderError as error:
        return replace(fetched, detail=f"not rendered: {error}")
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("X-Crawler-Renderer", renderer.name),
    ]
    made = replace(
        came,
        sent_at=datetime.now(UTC),
        headers=headers,
        raw=content,
        content=content,
        judged_type=None,
    )
    return replace(fetched, exchanges=(*fetched.exchanges, made), detail="rendered")


class CommandRenderer:
    """Runs a command for each page: `{url}` in it is replaced by the address, or the address is put
    behind it. The command prints the HTML. No shell is used.
    """

    def __init__(self, settings: FetchSettings) -> None:
        words = shlex.split(settings.renderer or "")
        self._words = words if any(PLACEHOLDER in word for word in words) else [*words, PLACEHOLDER]
        self._seconds, self._limit = settings.render_timeout, settings.page_limit
        self.name = words[0]

    async def render(self, url: str) -> bytes:
        """Return what the command prints. Raises RenderError where it fails, prints nothing, or
        takes too long.
        """
        return await asyncio.to_thread(self._render, url)

    def _render(self, url: str) -> bytes:
        words = [word.replace(PLACEHOLDER, url) for word in self._words]
        with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
            try:
                process = subprocess.Popen(
                    words,
                    stdin=subprocess.DEVNULL,
                    stdout=printed,
                    stderr=said,
                    start_new_session=True,  # so that its children end with it
                )
            except OSError as error:
                raise RenderError(f"{self.name} cannot be started: {error}") from error
            try:
                self._wait(process, printed)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            printed.seek(0)
            content = printed.read(self._limit + 1)
            said.seek(0)
            words_ = " ".join(said.read(MAX_SAID).decode("utf-8", "replace").split())
        if len(content) > self._limit:
            raise RenderError(f"{self.name} printed more than {self._limit:,} bytes")
        if process.returncode or not content.strip():
            raise RenderError(
                f"{self.name} ended with {process.returncode} and {len(content)} bytes: {words_}"
            )
        return content

    def _wait(self, process: subprocess.Popen[bytes], printed: IO[bytes]) -> None:
        """Return when a command has ended or printed too much. Raises RenderError."""
        deadline = time.monotonic() + self._seconds
        while time.monotonic() < deadline:
            try:
                process.wait(TICK_SECONDS)
                return
            except subprocess.TimeoutExpired:
                if os.fstat(printed.fileno()).st_size > self._limit:
                    return
        raise RenderError(f"{self.name} took longer than {self._seconds:g} s")

    async def close(self) -> None:
        """Do nothing: each page's command has ended."""


class PlaywrightRenderer:
    """Opens pages in Chromium by Playwright, one browser for a run. Requests of the page to private
    addresses are not sent, unless `fetch.allow_private`.
    """

    name = PLAYWRIGHT

    def __init__(self, settings: FetchSettings) -> None:
        """Raises InputError where Playwright is not installed."""
        try:
            from playwright.async_api import async_playwright
        except ImportError as error:
            raise InputError(
                "fetch.renderer is playwright, which is not installed: "
                "pip install 'newsduck[render]' && playwright install chromium"
            ) from error
        self._start: Callable[[], Any] = async_playwright
        self._settings = settings
        self._lock = asyncio.Lock()
        self._playwright: Any = None
        self._browser: Any = None

    async def render(self, url: str) -> bytes:
        """Return the page when its network has been still for 0.5 s. Raises RenderError."""
        milliseconds = self._settings.render_timeout * 1000
        try:
            browser = await self._opened()
            context = await browser.new_context(user_agent=self._settings.user_agent)
            try:
                await context.route("**/*", self._allow)
                page = await context.new_page()
                await page.goto(url, wait_until="networkidle", timeout=milliseconds)
                content = str(await page.content()).encode("utf-8", "replace")
            finally:
                await context.close()
        except Exception as error:
            raise RenderError(f"playwright: {' '.join(str(error).split())[:MAX_SAID]}") from error
        if len(content) > self._settings.page_limit:
            raise RenderError(
                f"the rendered page has more than {self._settings.page_limit:,} bytes"
            )
        return content

    async def _opened(self) -> Any:
        async with self._lock:
            if self._browser is None:
                self._playwright = await self._start().start()
                path = self._settings.browser_path
                self._browser = await self._playwright.chromium.launch(
                    executable_path=str(path) if path else None
                )
            return self._browser

    async def _allow(self, route: Any) -> None:
        """Send a request of the page on, or stop it."""
        parts = urlsplit(route.request.url)
        is_web = parts.scheme in ("http", "https", "data", "blob")
        if is_web and (not parts.hostname or await self._is_allowed(parts.hostname)):
            await route.continue_()
        else:
            await route.abort()

    async def _is_allowed(self, host: str) -> bool:
        if self._settings.allow_private:
            return True
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, None)
        except OSError:
            return False
        return bool(found) and all(is_public(str(entry[4][0])) for entry in found)

    async def close(self) -> None:
        """End the browser."""
        if self._browser is not None:
            await self._browser.close()
            await self._playwright.stop()
