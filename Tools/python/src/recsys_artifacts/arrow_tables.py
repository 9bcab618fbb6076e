"""Tables of Arrow. Needs pyarrow, the extra ``arrow``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

try:
    import pyarrow as pa
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("pyarrow is missing: pip install pyarrow", name="pyarrow") from error

from .partition import COLUMNS, IdColumn, Partition

if TYPE_CHECKING:
    from .artifact import Artifact

_TIMESTAMP = pa.timestamp("ns", tz="UTC")
_IDS = pa.dictionary(pa.int32(), pa.string())


def partition_to_arrow(partition: Partition, columns: Sequence[str]) -> pa.Table:
    """Some columns of a partition."""
    makers = {
        "ts": lambda: pa.array(partition.ts).cast(_TIMESTAMP),
        "tenant": lambda: _repeated(partition.tenant, partition.rows),
        "surface": lambda: _repeated(partition.surface, partition.rows),
        "user_id": lambda: _identifiers(partition.user),
        "session_id": lambda: _identifiers(partition.session),
        "request_id": lambda: _identifiers(partition.request),
        "item_id": lambda: _identifiers(partition.item),
        "rank": lambda: pa.array(partition.rank.data, mask=np.ma.getmaskarray(partition.rank)),
    }
    return pa.table({name: makers[name]() for name in columns}, schema=partition_schema(columns))


def artifact_to_arrow(artifact: Artifact) -> pa.Table:
    """The entries of an artifact."""
    key, member, value = artifact.column_names
    columns: dict[str, Any] = {}
    if key is not None:
        rows = np.repeat(np.arange(artifact.rows, dtype=np.int32), np.diff(artifact.row_offsets))
        columns[key] = _encoded(rows, artifact.keys)
    columns[member] = _encoded(artifact.member_codes.astype(np.int32), artifact.members)
    if value is not None and artifact.values is not None:
        columns[value] = pa.array(artifact.values)
    return pa.table(columns)


def partition_schema(columns: Sequence[str] = COLUMNS) -> pa.Schema:
    """The fields of a table of events; those that every event has cannot be null."""
    types = {"ts": _TIMESTAMP, "rank": pa.int32()}
    always = ("ts", "tenant", "surface", "session_id", "item_id")
    return pa.schema([pa.field(name, types.get(name, _IDS), nullable=name not in always) for name in columns])


def _identifiers(column: IdColumn) -> pa.DictionaryArray:
    codes = column.codes
    return _encoded(codes.astype(np.int32) - 1, column.ids, mask=codes == 0)


def _repeated(text: str, rows: int) -> pa.DictionaryArray:
    return _encoded(np.zeros(rows, np.int32), [text])


def _encoded(codes: NDArray[np.int32], ids: Sequence[str], mask: NDArray[np.bool_] | None = None) -> pa.DictionaryArray:
    # Codes of 2^31 and above do not fit: a single partition or artifact of so many ids takes more memory than machines
    # have, for each id is a string of Python's.
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=mask), pa.array(ids, pa.string()))
