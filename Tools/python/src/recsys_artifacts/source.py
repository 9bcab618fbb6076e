"""The bytes of a file."""

from __future__ import annotations

import mmap
import os
from dataclasses import dataclass
from pathlib import Path

PathOrBytes = str | os.PathLike[str] | bytes


@dataclass(frozen=True)
class Source:
    """A file that is mapped into memory, or bytes that are there already.

    Attributes:
        path: The file as it was named, or None for bytes.
        data: All its bytes. They are mapped: what is not read takes no memory. The file must not be cut off as long as
            they are in use, which no file of recsys-pipelines ever is: files are replaced as a whole.
    """

    path: str | None
    data: memoryview

    @classmethod
    def open(cls, file: PathOrBytes) -> Source:
        """Maps a file. Raises `OSError` if it cannot be opened, or is a folder."""
        if isinstance(file, bytes):
            return cls(None, memoryview(file))
        path = os.fspath(file)
        with Path(path).open("rb") as stream:
            if os.fstat(stream.fileno()).st_size == 0:
                return cls(path, memoryview(b""))
            return cls(path, memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)))
