"""The real worker server with two faults: on a page that says POISON it dies, as by a C library; on
one that says OUR BUG it raises.
"""

import os
import signal
import sys

from flows.clean import Cleaned, clean_page
from flows.worker import fork_server, process_page


def poisoned(content: bytes | str, **known: object) -> Cleaned:
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    if "POISON" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "OUR BUG" in text:
        raise ZeroDivisionError("poison")
    return clean_page(content, **known)  # type: ignore[arg-type]


process_page.clean_page = poisoned  # type: ignore[attr-defined]
sys.exit(fork_server.main())
