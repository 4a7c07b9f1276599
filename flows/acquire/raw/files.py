"""The WARC files of the raw store: in a folder, or in an object store with a folder before it.

Objects cannot be appended to. So a run writes its files in the folder, which also holds what a
crash left, and puts them into the object store before rows point at them. What is asked for again
is brought back into the folder; copies of the last days stay there.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

logger = logging.getLogger(__name__)

OUR_FILE = re.compile(r"newsduck-(\d{8})-(\d{5})\.warc\.gz")

KEPT_DAYS = 2
"""Days whose files stay in the folder beside an object store: pages are looked at again within an
hour and a day, and what is unchanged then is read from where it stands.
"""

HEAD_BYTES = 500
"""Bytes that tell two files of one name apart: they hold the key and the time of the first record.
"""


class RawStoreError(Exception):
    """The raw store cannot be written or is held by another run; the message says what to do."""


@dataclass(frozen=True)
class RawFiles:
    """The files under `folder`, and those of an object store where `address` (s3://…) names one.

    Every method raises RawStoreError where the object store fails.
    """

    folder: Path
    address: str | None = None

    def here(self) -> list[Path]:
        """Return the files that stand in the folder, the oldest first."""
        found = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted(path for path in found if OUR_FILE.fullmatch(path.name))

    def names(self) -> list[str]:
        """Return the names of all files, the oldest first."""
        return sorted({path.name for path in self.here()} | self._objects().keys())

    def bring(self, names: Collection[str]) -> None:
        """Copy those files that the folder lacks from the object store, where that has them."""
        missing = [name for name in sorted(names) if not (self.folder / name).exists()]
        if self.address is None or not missing:
            return
        objects = self._objects()
        for name in missing:
            if name in objects:
                self._get(name)

    def each(self) -> Iterator[Path]:
        """Yield every file, in the folder for as long as the caller looks at it."""
        here = {path.name for path in self.here()}
        for name in self.names():
            if name not in here:
                self._get(name)
            yield self.folder / name
            if name not in here:
                (self.folder / name).unlink()

    def put_again(self, path: Path) -> None:
        """Put a file that was changed in place of the one in the object store."""
        if self.is_put(path.name):
            self._put(path)

    def put_new(self) -> None:
        """Put those files of the folder into the object store that it does not hold whole. A file
        that is still being written may be put; it is put again when it has grown.
        """
        if self.address is None:
            return
        objects = self._objects()
        for path in self.here():
            if objects.get(path.name) != path.stat().st_size:
                self._put(path)

    def is_put(self, name: str) -> bool:
        """Whether the object store holds a file of that name."""
        return name in self._objects()

    def remove(self, name: str) -> None:
        """Remove a file everywhere."""
        (self.folder / name).unlink(missing_ok=True)
        if self.is_put(name):
            with self._told(name):
                self._storage.rm_file(self._path(name))

    def release(self, now: datetime | None = None) -> None:
        """Remove from the folder what the object store holds whole, except files of the last
        KEPT_DAYS days.

        A file is removed too where another machine has put one of the same name since. It was never
        put, so no row points at it, and its addresses are fetched again.
        """
        first = f"newsduck-{(now or datetime.now(UTC)) - timedelta(days=KEPT_DAYS):%Y%m%d}"
        objects = self._objects()
        for path in self.here():
            put, own = objects.get(path.name), path.stat().st_size
            if put is not None and put != own and not (own > put and self._is_begun_alike(path)):
                logger.warning(
                    "%s: another machine put a file of this name; this one is removed", path
                )
                path.unlink()
            elif put == own and path.name < first:
                path.unlink()

    def _is_begun_alike(self, path: Path) -> bool:
        """Whether a file and the object of its name begin with the same record, which has a key and
        a time of its own.
        """
        with self._told(path.name), path.open("rb") as file:
            head = self._storage.cat_file(self._path(path.name), start=0, end=HEAD_BYTES)
            return bool(file.read(len(head)) == head)

    def _get(self, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{name}.part"
        with self._told(name):
            self._storage.get_file(self._path(name), str(part))
        part.replace(self.folder / name)

    def _put(self, path: Path) -> None:
        with self._told(path.name):
            self._storage.put_file(str(path), self._path(path.name))

    def _objects(self) -> dict[str, int]:
        """Return the sizes in bytes of the files in the object store, by name."""
        if self.address is None:
            return {}
        storage = self._storage
        with self._told(""):
            try:
                found = storage.ls(self._place[1], detail=True, refresh=True)
            except FileNotFoundError:  # nothing has been put there yet
                return {}
        sizes = {str(one["name"]).rpartition("/")[2]: int(one["size"] or 0) for one in found}
        return {name: size for name, size in sizes.items() if OUR_FILE.fullmatch(name)}

    @cached_property
    def _place(self) -> tuple[AbstractFileSystem, str]:
        try:
            from fsspec.core import url_to_fs

            storage, root = url_to_fs(self.address)
        except (ImportError, ValueError) as error:
            raise RawStoreError(
                f"raw_store = {self.address!r} cannot be used ({error}); addresses of S3 begin "
                "with s3:// and need pip install 'newsduck[s3]'."
            ) from error
        return storage, str(root).rstrip("/")

    @property
    def _storage(self) -> AbstractFileSystem:
        return self._place[0]

    def _path(self, name: str) -> str:
        return f"{self._place[1]}/{name}"

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Let an error of the object store say which file it was about, and what to do."""
        try:
            yield
        except (RawStoreError, FileNotFoundError):
            raise
        except Exception as error:  # every kind of object store has errors of its own
            raise RawStoreError(
                f"{self.address}/{name}: the object store answers with {type(error).__name__}: "
                f"{error}. Look at raw_store and the AWS_ variables, then run again."
            ) from error
