"""A server on this machine that speaks the interface of S3, for tests of what lies in objects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

BUCKET = "newsduck-test"

KEY = "ellery-and-tide"
"""The secret key, which nothing may show."""


@contextmanager
def started() -> Iterator[str]:
    """Run the server with an empty bucket, and let everybody in this process find it; yields the
    bucket's address.
    """
    import s3fs
    from moto.server import ThreadedMotoServer  # takes long to import

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ACCESS_KEY_ID", "test")
        environment.setenv("AWS_SECRET_ACCESS_KEY", KEY)
        environment.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        # what a server before this one of the same process has left
        httpx.post(f"http://{host}:{port}/moto-api/reset").raise_for_status()
        s3fs.S3FileSystem.clear_instance_cache()
        s3fs.S3FileSystem().mkdir(BUCKET)
        yield f"s3://{BUCKET}"
    server.stop()


def objects() -> list[str]:
    """Return the names of all objects in the bucket."""
    import s3fs

    storage = s3fs.S3FileSystem(use_listings_cache=False, skip_instance_cache=True)
    return [str(name).removeprefix(f"{BUCKET}/") for name in storage.find(BUCKET)]
