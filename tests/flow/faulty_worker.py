"""The real worker with one fault: on a page that says POISON it dies (`kill`) or raises (`raise`), as a C library or a bug of ours would."""

import os
import signal
import sys

from flows import batch

clean_page = batch.clean_page


def poisoned(content: bytes | str, **known: object) -> object:
    poison = b"POISON" if isinstance(content, bytes) else "POISON"
    if poison in content:  # type: ignore[operator]
        if sys.argv[1] == "raise":
            raise ZeroDivisionError("poison")
        os.kill(os.getpid(), signal.SIGKILL)
    return clean_page(content, **known)  # type: ignore[arg-type]


batch.clean_page = poisoned  # type: ignore[assignment]
sys.exit(batch.main(sys.argv[2:]))
