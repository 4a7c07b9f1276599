"""The real worker server with one fault: on a page that says POISON it dies (`kill`, as by a C
library) or raises (`raise`, as by a bug).
"""

import os
import signal
import sys

from flows.clean import Cleaned, clean_page
from flows.worker import fork_server, process_page


def poisoned(content: bytes | str, **known: object) -> Cleaned:
    poison = b"POISON" if isinstance(content, bytes) else "POISON"
    if poison in content:  # type: ignore[operator]
        if sys.argv[1] == "raise":
            raise ZeroDivisionError("poison")
        os.kill(os.getpid(), signal.SIGKILL)
    return clean_page(content, **known)  # type: ignore[arg-type]


process_page.clean_page = poisoned  # type: ignore[attr-defined]
sys.exit(fork_server.main())
