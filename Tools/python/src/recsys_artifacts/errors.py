"""What can be wrong with a file."""

from __future__ import annotations

from typing import Any, ClassVar


class FormatError(Exception):
    """A file that cannot be read. Every exception about the content of a file is of a subclass.

    Attributes:
        path: The file as it was named, or None for bytes in memory.
        reason: What is wrong, without the path.
        remedy: What to do next.
    """

    remedy: ClassVar[str] = ""

    def __init__(self, reason: str, path: str | None = None) -> None:
        super().__init__(reason if path is None else f"{path}: {reason}")
        self.reason = reason
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        # So that a pool of processes hands it on as it is.
        return _restored, (type(self), str(self), self.__dict__)


class NotRecognised(FormatError):
    """The file is of no format that was asked for: its first bytes are others, or it is too short to be one."""

    remedy = "check that the path names the file you mean"


class NeedsNewerReader(FormatError):
    """The file is of a later version, or uses a feature that this reader does not know. It is not damaged."""

    remedy = "install a newer recsys-artifacts"


class Mismatched(FormatError):
    """The file is intact, but another than the one that was looked for."""

    remedy = "look it up again"


class Corrupt(FormatError):
    """The file is not what was written.

    Attributes:
        section: The name of the section that is damaged, such as ``item_dictionary``, or None if no block is.
        block: The number of the block within its section, from 0, or None.
        offset: Where in the file the damage is, in bytes from its beginning, or None if it is in no one place.
    """

    remedy = "restore the file from a copy, or make it again from its input"

    def __init__(
        self,
        reason: str,
        path: str | None = None,
        *,
        place: str | None = None,
        section: str | None = None,
        block: int | None = None,
        offset: int | None = None,
    ) -> None:
        parts = [] if place is None else [place]
        parts += [] if section is None else [f"section {section}"]
        parts += [] if block is None else [f"block {block}"]
        parts += [] if offset is None else [f"offset {offset}"]
        where = f" at {', '.join(parts)}" if parts else ""
        super().__init__(f"corrupt{where}: {reason}", path)
        self.section = section
        self.block = block
        self.offset = offset


class Damage(Exception):
    """What is wrong with some bytes, told to the caller, who knows where in a file they stand."""


def _restored(kind: type[FormatError], text: str, attributes: dict[str, Any]) -> FormatError:
    error = kind.__new__(kind, text)
    error.__dict__.update(attributes)
    return error
