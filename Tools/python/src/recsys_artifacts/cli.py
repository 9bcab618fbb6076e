"""The program `recsys-artifacts`."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

from .artifact import Artifact
from .errors import FormatError, NeedsNewerReader, NotRecognised
from .opening import open_file
from .partition import Partition
from .source import Source

# docs/reference/exit-codes.md says what they mean.
USAGE, CORRUPTION, STORAGE, NOT_FOUND, INTERRUPTED = 2, 5, 7, 8, 130

# How files of ours begin, also those that a transfer as text has changed, and how they end.
_BEGINNING = re.compile(rb"(\x89|\xc2\x89|\xef\xbf\xbd|\?)RS[PA][\r\n]")
_ENDS = (b"\n\x1a\n\rPSR\x89", b"\n\x1a\n\rASR\x89")

_EXIT_CODES = "Exit codes: 0 done, 2 usage, 5 corruption, 7 storage failed, 8 not found, 130 interrupted."


class CommandError(Exception):
    """Why the program ends: a message, what to do next, and an exit code."""

    def __init__(self, code: int, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.remedy = remedy


def program() -> NoReturn:
    """Runs the program with the arguments of the process, and ends the process."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Runs the program; returns its exit code."""
    try:
        options = _parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], None] = options.command
        command(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever stops reading standard output early makes no error. What is left of it goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except CommandError as error:
        return _fail(error)
    except FormatError as error:
        return _fail(CommandError(_exit_code(error), str(error), error.remedy))
    except (ModuleNotFoundError, OverflowError) as error:
        return _fail(CommandError(USAGE, str(error)))
    except FileNotFoundError as error:
        return _fail(CommandError(NOT_FOUND, _told(error), "check the spelling of the path"))
    except IsADirectoryError as error:
        return _fail(CommandError(USAGE, _told(error), "name a file in that folder"))
    except OSError as error:
        return _fail(CommandError(STORAGE, _told(error), "run the same command again when it works"))
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def info(options: argparse.Namespace) -> None:
    """Tells what a file is, whose, of when, and how much it has."""
    opened = open_file(options.file)
    facts = _partition_facts(opened) if isinstance(opened, Partition) else _artifact_facts(opened)
    width = max(map(len, facts))
    for name, fact in facts.items():
        print(f"{name:{width}}  {f'{fact:,}' if isinstance(fact, int) else fact}")


def to_parquet(options: argparse.Namespace) -> None:
    """Writes partitions, or one artifact, as Parquet."""
    from . import export

    try:
        written = export.to_parquet(options.files, options.output)
    except export.UsageError as error:
        raise CommandError(USAGE, *error.args) from None
    for path in written:
        print(path)


def _partition_facts(partition: Partition) -> dict[str, Any]:
    own = partition.statistics
    facts = {"type": "partition", "tenant": own.tenant, "surface": own.surface, "day": own.day, "events": own.rows}
    if own.rows:
        facts |= {"earliest": partition.earliest, "latest": partition.latest}
    return facts | {"users": own.users, "sessions": own.sessions, "requests": own.requests, "items": own.items}


def _artifact_facts(artifact: Artifact) -> dict[str, Any]:
    own = artifact.metadata
    facts: dict[str, Any] = {"type": "artifact", "kind": own.kind, "tenant": own.tenant, "surface": own.surface}
    if own.segment is not None:
        facts["segment"] = own.segment
    facts |= {"first_day": own.first_day, "last_day": own.last_day, "rows": artifact.rows, "entries": artifact.entries}
    return facts | own.parameters | {"version": artifact.version}


def _parser() -> argparse.ArgumentParser:
    text = "Reads the partitions (.rspart) and artifacts (.rsart) of recsys-pipelines."
    parser = argparse.ArgumentParser(prog="recsys-artifacts", description=text, epilog=_EXIT_CODES)
    parser.add_argument("--version", action="version", version=metadata.version("recsys-artifacts"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    about = commands.add_parser("info", help=info.__doc__, description=info.__doc__, epilog=_EXIT_CODES)
    about.add_argument("file", type=Path, metavar="FILE", help="a partition or an artifact")
    about.set_defaults(command=info)
    writer = commands.add_parser(
        "to-parquet",
        help=to_parquet.__doc__,
        description="Writes partitions, or one artifact, as Parquet with zstd, whole or not at all.",
        epilog=_EXIT_CODES,
    )
    writer.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="a partition, an artifact, or a folder of partitions"
    )
    writer.add_argument(
        "-o",
        "--output",
        type=_output,
        metavar="OUT",
        help="a name that ends in .parquet: one file with all events; another: a folder with a file a partition "
        "(default: the name of the one FILE, in the working directory)",
    )
    writer.set_defaults(command=to_parquet)
    return parser


def _exit_code(error: FormatError) -> int:
    """That of `recsys-dump`: a file of another format is no damage, unless it was one of ours once."""
    if isinstance(error, NeedsNewerReader):
        return USAGE
    is_another = isinstance(error, NotRecognised) and error.path is not None and not _was_ours(Path(error.path))
    return USAGE if is_another else CORRUPTION


def _was_ours(path: Path) -> bool:
    """True if the name, the beginning or the end of a file says that it was a partition or an artifact."""
    if path.suffix in (".rspart", ".rsart"):
        return True
    if not path.is_file():
        return False
    data = Source.open(path).data
    return _BEGINNING.match(data) is not None or bytes(data[-8:]) in _ENDS


def _output(text: str) -> Path:
    if text == "-":
        raise CommandError(USAGE, "--output: Parquet is not written to standard output", "name a file or a folder")
    return Path(text)


def _told(error: OSError) -> str:
    reason = error.strerror or str(error)
    return reason if error.filename is None else f"{os.fspath(error.filename)}: {reason}"


def _fail(error: CommandError) -> int:
    sys.stdout.flush()
    print(f"error: {error}", file=sys.stderr)
    if error.remedy:
        print(f"  {error.remedy}", file=sys.stderr)
    return error.code


if __name__ == "__main__":
    program()
