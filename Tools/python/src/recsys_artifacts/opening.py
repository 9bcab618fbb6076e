"""Files of either format."""

from __future__ import annotations

from . import artifact, partition
from .artifact import Artifact
from .errors import NotRecognised
from .partition import Partition
from .source import PathOrBytes, Source


def open_file(file: PathOrBytes) -> Partition | Artifact:
    """Opens a partition or an artifact, whichever its first bytes say that it is.

    Raises what `read_partition` and `read_artifact` raise.
    """
    source = Source.open(file)
    magic = bytes(source.data[:8])
    if magic == partition.FORMAT.magic:
        return Partition(source)
    if magic == artifact.FORMAT.magic:
        return Artifact(source)
    raise NotRecognised("neither a partition nor an artifact of recsys-pipelines", source.path)
