"""Tables of pandas. Needs pandas, the extra ``pandas``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

try:
    import pandas as pd
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("pandas is missing: pip install pandas", name="pandas") from error

if TYPE_CHECKING:
    from .artifact import Artifact
    from .partition import IdColumn, Partition


def partition_to_pandas(partition: Partition, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns of a partition."""
    makers = {
        "ts": lambda: pd.DatetimeIndex(partition.ts).tz_localize("UTC"),
        "tenant": lambda: _repeated(partition.tenant, partition.rows),
        "surface": lambda: _repeated(partition.surface, partition.rows),
        "user_id": lambda: _identifiers(partition.user),
        "session_id": lambda: _identifiers(partition.session),
        "request_id": lambda: _identifiers(partition.request),
        "item_id": lambda: _identifiers(partition.item),
        "rank": lambda: pd.arrays.IntegerArray(partition.rank.data, np.ma.getmaskarray(partition.rank)),
    }
    return pd.DataFrame({name: makers[name]() for name in columns}, index=pd.RangeIndex(partition.rows))


def artifact_to_pandas(artifact: Artifact) -> pd.DataFrame:
    """The entries of an artifact."""
    key, member, value = artifact.column_names
    columns: dict[str, Any] = {}
    if key is not None:
        rows = np.repeat(np.arange(artifact.rows), np.diff(artifact.row_offsets))
        columns[key] = _categories(rows, artifact.keys)
    columns[member] = _categories(artifact.member_codes.astype(np.int64), artifact.members)
    if value is not None:
        columns[value] = artifact.values
    return pd.DataFrame(columns, index=pd.RangeIndex(artifact.entries))


def _identifiers(column: IdColumn) -> pd.Categorical:
    # pandas says -1 where there is nothing.
    return _categories(column.codes.astype(np.int64) - 1, column.ids)


def _repeated(text: str, rows: int) -> pd.Categorical:
    return _categories(np.zeros(rows, np.int64), [text])


def _categories(codes: NDArray[np.int64], ids: Sequence[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, pd.Index(list(ids), dtype="str"))
