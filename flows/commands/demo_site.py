"""`newsduck demo-site`: serve small invented publishers to try newsduck on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.commands.screen import screen
from flows.config.errors import InputError
from flows.demo.server import DemoServer
from flows.demo.site import outlets, pages

EPILOG = """Examples:\n
  newsduck demo-site\n
  newsduck demo-site --port 9000"""

ADDRESS = "127.0.0.1"

STEPS = """{count} invented publishers are at {address}/ until you press Ctrl-C. In another window,
    in a folder of its own:

  export NEWSDUCK_FETCH__ALLOW_PRIVATE=true    # this machine is a private address, which is not
      fetched from otherwise
  newsduck sources add {front}/
  newsduck ingest --sources sources.yml
  newsduck sql "SELECT speaker, text FROM quotes WHERE kind = 'direct' ORDER BY speaker"

Then add another of them ({others}), and ingest again: what is known is not fetched twice."""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("demo-site", epilog=EPILOG)(demo_site)


def demo_site(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0: any that is free.")
    ] = 8180,
) -> None:
    """Serve small invented publishers on this machine alone, and say how to bring their pages
    in.
    """
    now = datetime.now(UTC)
    try:
        server = DemoServer((ADDRESS, port))
    except OSError as error:
        raise InputError(
            f"port {port} cannot be had ({error.strerror}); choose another with --port."
        ) from error
    with server:
        server.pages.update(pages(server.url, now))
        bases = [outlet.base for outlet, _ in outlets(server.url, now)]
        told = STEPS.format(
            count=len(bases),
            address=server.url,
            front=bases[0],
            others=", ".join(f"{base}/" for base in bases[1:]),
        )
        try:
            screen().print(told, markup=False, soft_wrap=True)
            server.serve_forever()
        except KeyboardInterrupt:
            screen().print("Stopped.")
