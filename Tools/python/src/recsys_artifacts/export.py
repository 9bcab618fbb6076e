"""Parquet files of partitions and artifacts. Needs pyarrow, the extra ``arrow``."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from . import arrow_tables
from .artifact import Artifact
from .opening import open_file
from .partition import read_partition

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("pyarrow was built without Parquet", name="pyarrow.parquet") from error

# Small groups of rows compress badly, and a query reads one group on one core.
_ROWS_PER_GROUP = 500_000


@dataclass(frozen=True)
class _Key:
    """Whose events a partition has, and of when. It is opened anew to be read, so that it can be let go of."""

    path: Path
    tenant: str
    surface: str
    day: str

    def table(self) -> pa.Table:
        """Its events."""
        return read_partition(self.path, tenant=self.tenant, surface=self.surface, day=self.day).to_arrow()


class UsageError(Exception):
    """What was asked for cannot be done with these files; the second argument says what to do instead."""


def to_parquet(inputs: Sequence[Path], output: Path | None) -> list[Path]:
    """Writes partitions, or one artifact, as Parquet with zstd; returns the files that were written.

    An input may be a folder: it stands for the partitions below it. With an `output` that ends in ``.parquet`` all
    partitions become that one file, in the order of the inputs; with any other `output` a file each below that folder,
    ``<tenant>/<surface>/<day>.parquet``. Without an `output`, one input becomes a file of its name in the working
    directory.

    What is written appears under its name when it is whole. A file that was there before is replaced; a folder must not
    be there, or be empty.

    Raises:
        UsageError: No partition was found, one was given twice, or the output does not suit them.
        FormatError: A file cannot be read.
        OSError: Reading or writing failed.
    """
    files = list(_files(inputs))
    if output is None:
        if len(files) != 1 or inputs[0].is_dir():
            raise UsageError(f"{len(files)} partitions and no output", "name a file or a folder with --output")
        output = Path(files[0].with_suffix(".parquet").name)
    first = open_file(files[0])
    if len(files) == 1 and isinstance(first, Artifact):
        _write_file(output, lambda path: pq.write_table(first.to_arrow(), path, compression="zstd"))
        return [output]
    keys = _distinct_keys(files)
    if output.suffix == ".parquet":
        _write_file(output, lambda path: _write_rows(keys, path))
        return [output]
    return _write_folder(keys, output)


def _files(inputs: Sequence[Path]) -> Iterator[Path]:
    """The inputs, and the partitions below those that are folders, these in the order of their paths."""
    for path in inputs:
        if not path.is_dir():
            yield path
            continue
        found = sorted(each for each in path.rglob("*.rspart") if not each.name.startswith("."))
        if not found:
            raise UsageError(f"{path}: no partition is below this folder", "name the folder with the .rspart files")
        yield from found


def _distinct_keys(files: Iterable[Path]) -> list[_Key]:
    seen: dict[tuple[str, str, str], Path] = {}
    for path in files:
        opened = open_file(path)
        if isinstance(opened, Artifact):
            raise UsageError(f"{path}: an artifact among other files", "write each artifact to a file of its own")
        key = (opened.tenant, opened.surface, str(opened.day))
        if key in seen:
            remedy = "its events would count twice; name each partition once"
            raise UsageError(f"{path}: of {'/'.join(key)}, as {seen[key]} is", remedy)
        seen[key] = path
    return [_Key(path, *key) for key, path in seen.items()]


def _write_folder(keys: Sequence[_Key], folder: Path) -> list[Path]:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is no folder", "name a folder, or a file that ends in .parquet, with --output")
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder}: there already", "remove it, or name another folder with --output")
    names = [Path(key.tenant, key.surface, f"{key.day}.parquet") for key in keys]

    def write(path: Path) -> None:
        for key, name in zip(keys, names, strict=True):
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            _write_rows([key], path / name)

    _write_whole(folder, write)
    return [folder / name for name in names]


def _write_file(path: Path, write: Callable[[Path], None]) -> None:
    if path.exists() and not path.is_file():
        # A device would be replaced by a file, too.
        raise UsageError(f"{path}: is no file that can be replaced", "name another file with --output")
    _write_whole(path, write)


def _write_rows(keys: Iterable[_Key], path: Path) -> None:
    """Writes the rows of some partitions to a new file, in groups of several partitions if they are small."""
    with pq.ParquetWriter(path, arrow_tables.partition_schema(), compression="zstd") as writer:
        for tables in _groups(key.table() for key in keys):
            # With one dictionary a column, for with several it would be written without any.
            writer.write_table(pa.concat_tables(tables).unify_dictionaries().combine_chunks(), _ROWS_PER_GROUP)


def _groups(tables: Iterable[pa.Table]) -> Iterator[list[pa.Table]]:
    group: list[pa.Table] = []
    for table in tables:
        if group and sum(map(len, group)) + len(table) > _ROWS_PER_GROUP:
            yield group
            group = []
        group.append(table)
    yield group


def _write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Writes a file or a folder under a name of its own beside `path`, then gives it its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".tmp-{path.name}-{uuid.uuid4().hex[:8]}")
    try:
        write(temporary)
        _synchronise(temporary)
        temporary.replace(path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        with suppress(OSError):
            temporary.unlink()
        raise


def _synchronise(path: Path) -> None:
    """Has the system store what was written, so that no crash leaves an empty file under a good name."""
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as stream:
                os.fsync(stream.fileno())
