"""A limit to the memory of a test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAGES = Path("/proc/self/statm")


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    """Within it the process gets no more than so much memory, written to or not, beyond what it has.

    Where the system does not tell how much a process has there is no limit.
    """
    if not sys.platform.startswith("linux") or not PAGES.exists():
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    held = int(PAGES.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + megabytes * 1_000_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
