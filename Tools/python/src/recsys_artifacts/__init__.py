"""Reads the files of recsys-pipelines: partitions (``.rspart``) and artifacts (``.rsart``).

    >>> import recsys_artifacts
    >>> partition = recsys_artifacts.read_partition("2026-01-07.rspart")
    >>> events = partition.to_pandas()
    >>> cooc = recsys_artifacts.read_artifact("05d3….rsart")
    >>> cooc.neighbors("sku-0001")[:3]

Files are mapped, and what is asked for is read, checked and kept. No value is given out whose bytes were not checked:
what cannot be trusted raises a `FormatError` that says what is wrong and where.
"""

from .artifact import Artifact, Entry, read_artifact
from .dictionaries import Dictionary
from .errors import Corrupt, FormatError, Mismatched, NeedsNewerReader, NotRecognised
from .metadata import KINDS, Counts, Metadata
from .partition import COLUMNS, IdColumn, Partition, read_partition
from .statistics import Statistics

__all__ = [
    "COLUMNS",
    "KINDS",
    "Artifact",
    "Corrupt",
    "Counts",
    "Dictionary",
    "Entry",
    "FormatError",
    "IdColumn",
    "Metadata",
    "Mismatched",
    "NeedsNewerReader",
    "NotRecognised",
    "Partition",
    "Statistics",
    "read_artifact",
    "read_partition",
]
