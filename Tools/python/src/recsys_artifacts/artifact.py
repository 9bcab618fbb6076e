"""Artifacts: one computed result of a tenant and a surface over a window of days."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .container import Container, Format
from .dictionaries import Dictionary, read_dictionary
from .errors import Mismatched
from .metadata import Metadata, read_metadata
from .source import PathOrBytes, Source

if TYPE_CHECKING:
    import pandas
    import pyarrow

_SECTIONS = {1: "row_dictionary", 2: "member_dictionary", 16: "row_length", 17: "member", 18: "count", 19: "score"}
_ROW_DICTIONARY, _MEMBER_DICTIONARY, _ROW_LENGTH, _MEMBER, _COUNT, _SCORE = _SECTIONS

FORMAT = Format("an artifact", b"A", _SECTIONS)

# What a row is, what an entry is, and its value: the columns of `export --format tsv`.
_COLUMNS: Mapping[str, tuple[str | None, str, str | None]] = {
    "popularity": (None, "item", "score"),
    "cooc": ("item", "neighbour", "score"),
    "implicit": ("user", "item", "score"),
    "session_seq": ("user", "item", "score"),
    "content_sim": ("item", "tag", None),
}


class Entry(NamedTuple):
    """An item of a list, and what ranks it there."""

    item: str
    score: int | float
    """A count (an int) or, in artifacts with scores, a score (a float); `Artifact` says what is counted."""


class Artifact:
    """One computed result: rows with a key, and a list of entries for each.

    ============  ==============  =========================================  ==========================================
    kind          a row is        an entry is                                its score
    ============  ==============  =========================================  ==========================================
    popularity    all items       an item                                    its exposures
    cooc          an item         another item of the same sessions          sessions that have both
    implicit      a user          an item that the user saw                  exposures to the user
    session_seq   a user          an item that came after another event      how often it did
    content_sim   a catalog item  a tag                                      none
    ============  ==============  =========================================  ==========================================

    `parameters` says so if something else is counted. Rows ascend by key, entries are best first. A part of the file is
    read, checked and kept when it is first asked for.

    The arrays are those of a sparse matrix: ``scipy.sparse.csr_array((a.values, a.member_codes, a.row_offsets),
    shape=(a.rows, len(a.members)))``.

    Attributes:
        path: The file as it was named, or None.
        metadata: What the file says of itself.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._container = Container(source, FORMAT)
        self.path = source.path
        self.metadata: Metadata = read_metadata(self._container)

    def __len__(self) -> int:
        return self.rows

    def __contains__(self, key: object) -> bool:
        """True if there is a row of this key, in popularity an entry of this item. `TypeError` if it is no string."""
        return key in (self.members if self.kind == "popularity" else self.keys)

    def __repr__(self) -> str:
        return f"<Artifact {self._title}: {self.rows:,} rows, {self.entries:,} entries, version {self.version[:12]}…>"

    def _repr_html_(self) -> str:
        facts: dict[str, Any] = {"rows": f"{self.rows:,}", "entries": f"{self.entries:,}", **self.parameters}
        facts["version"] = self.version
        cells = "".join(f"<tr><th>{html.escape(k)}</th><td>{html.escape(str(v))}</td></tr>" for k, v in facts.items())
        return f"<table><caption>Artifact <b>{html.escape(self._title)}</b></caption>{cells}</table>"

    @property
    def kind(self) -> str:
        """What was computed: popularity, cooc, implicit, session_seq or content_sim."""
        return self.metadata.kind

    @property
    def tenant(self) -> str:
        """Whose events they were."""
        return self.metadata.tenant

    @property
    def surface(self) -> str:
        """Where they were shown."""
        return self.metadata.surface

    @property
    def segment(self) -> str | None:
        """A variant of the artifacts, or None."""
        return self.metadata.segment

    @property
    def window(self) -> tuple[np.datetime64, np.datetime64]:
        """The first and the last UTC day, which both belong to it, as ``datetime64[D]``."""
        return self.metadata.first_day, self.metadata.last_day

    @property
    def parameters(self) -> dict[str, int | float | str]:
        """What shaped the result, by name."""
        return self.metadata.parameters

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.metadata.counts.rows

    @property
    def entries(self) -> int:
        """How many entries all rows have."""
        return self.metadata.counts.entries

    @property
    def column_names(self) -> tuple[str | None, str, str | None]:
        """The names of key, member and value in tables; None where the kind has none."""
        return _COLUMNS[self.kind]

    @cached_property
    def version(self) -> str:
        """The SHA-256 of the file in lower-case hexadecimal, which is also the file's name."""
        return hashlib.sha256(self._source.data).hexdigest()

    @cached_property
    def keys(self) -> Dictionary:
        """The keys of the rows, ascending; none in popularity."""
        return self._dictionary(_ROW_DICTIONARY, self.metadata.counts.row_keys)

    @cached_property
    def members(self) -> Dictionary:
        """The ids, or tags, that the entries are codes of, ascending."""
        return self._dictionary(_MEMBER_DICTIONARY, self.metadata.counts.member_keys)

    @cached_property
    def row_offsets(self) -> NDArray[np.int64]:
        """Where the rows begin, shape ``(rows + 1,)``: row r has the entries from ``[r]`` to, excluded, ``[r + 1]``."""
        lengths = self._container.column(_ROW_LENGTH, np.uint32, self.rows)
        if self.kind != "session_seq" and len(lengths) and int(lengths.min()) == 0:
            self._container.fail(f"row {int(lengths.argmin())} is empty", section=_ROW_LENGTH)
        total = int(lengths.sum(dtype=np.uint64))
        if total != self.entries:
            self._container.fail(f"the rows have {total} entries, not {self.entries}", section=_ROW_LENGTH)
        offsets = np.zeros(self.rows + 1, np.int64)
        np.cumsum(lengths, dtype=np.int64, out=offsets[1:])
        offsets.flags.writeable = False
        return offsets

    @cached_property
    def member_codes(self) -> NDArray[np.uint32]:
        """What each entry is, shape ``(entries,)``: the number of an id in `members`, from 0."""
        codes = self._container.column(_MEMBER, np.uint32, self.entries)
        if len(codes) and int(codes.max()) >= self.metadata.counts.member_keys:
            reason = f"a code of {codes.max()} where there are {self.metadata.counts.member_keys} ids"
            self._container.fail(reason, section=_MEMBER)
        return codes

    @cached_property
    def counts(self) -> NDArray[np.uint32] | None:
        """How often each entry was counted, shape ``(entries,)``; None in artifacts without counts."""
        if self.kind == "content_sim" or self.scores is not None:
            return None
        counts = self._container.column(_COUNT, np.uint32, self.entries)
        if len(counts) and int(counts.min()) == 0:
            self._container.fail(f"entry {int(counts.argmin())} has a count of 0", section=_COUNT)
        self._check_ranking(counts, _COUNT)
        return counts

    @cached_property
    def scores(self) -> NDArray[np.float64] | None:
        """The score of each entry, shape ``(entries,)``; None in artifacts without scores."""
        if self.metadata.counts.scored_entries is None:
            return None
        scores: NDArray[np.float64] = self._container.column(_SCORE, np.uint64, self.entries).view(np.float64)
        if not np.isfinite(scores).all():
            self._container.fail("a score is not finite", section=_SCORE)
        if ((scores == 0) & np.signbit(scores)).any():
            self._container.fail("a score is negative zero", section=_SCORE)
        self._check_ranking(scores, _SCORE)
        return scores

    @property
    def values(self) -> NDArray[np.uint32] | NDArray[np.float64] | None:
        """`scores`, or `counts`, or None in content_sim, which has neither."""
        return self.counts if self.scores is None else self.scores

    def verify(self) -> None:
        """Reads everything and makes every check. Raises `Corrupt` if one fails."""
        _ = self.keys, self.members, self.row_offsets
        self._check_ties()
        # Sections of counts and of scores where there are none have no block.
        for section, values in ((_COUNT, self.counts), (_SCORE, self.scores)):
            if values is None:
                self._container.column(section, np.uint64, 0)

    def neighbors(self, item: str) -> list[Entry]:
        """The neighbours of an item in cooc, best first; an empty list if the item has none."""
        self._require("neighbors", "cooc")
        return self._entries_of(item)

    def items(self, user: str) -> list[Entry]:
        """The items of a user in implicit or session_seq, best first; an empty list if there is no such user."""
        self._require("items", "implicit", "session_seq")
        return self._entries_of(user)

    def top(self, n: int | None = None) -> list[Entry]:
        """The first `n` items of popularity, best first; all by default."""
        self._require("top", "popularity")
        if n is not None and n < 0:
            raise ValueError(f"n is {n}, less than 0")
        return self._entries(slice(0, self.entries if n is None else n))

    def tags(self, item: str) -> list[str]:
        """The tags of an item in content_sim, in the order of the catalog; an empty list if there is no such item."""
        self._require("tags", "content_sim")
        row = self.keys.find(item)
        return [] if row is None else self._members_of(self._slice(row))

    def to_dict(self) -> dict[str, Any]:
        """Everything as dicts, in the order of the rows and, within a row, of its ranking.

        popularity is ``{item: score}``, content_sim ``{item: [tag]}``, and the others are ``{key: {member: score}}``.
        """
        if self.kind == "popularity":
            return dict(self.top())
        rows = ((key, self._slice(row)) for row, key in enumerate(self.keys))
        if self.values is None:
            return {key: self._members_of(entries) for key, entries in rows}
        self._check_ties()
        values = self.values.tolist()
        return {key: dict(zip(self._members_of(entries), values[entries], strict=True)) for key, entries in rows}

    def to_pandas(self) -> pandas.DataFrame:
        """The entries as a table of pandas with the columns `column_names`, those that the kind has.

        Ids are categories. Scores are ``uint32`` where they are counts, else ``float64``. A row without entries, which
        session_seq may have, is not there.
        """
        from . import pandas_tables

        self._check_ties()
        return pandas_tables.artifact_to_pandas(self)

    def to_arrow(self) -> pyarrow.Table:
        """The entries as a table of Arrow with the columns `column_names`, those that the kind has.

        Ids are dictionary-encoded strings. Scores are ``uint32`` where they are counts, else ``double``. A row without
        entries, which session_seq may have, is not there.
        """
        from . import arrow_tables

        self._check_ties()
        return arrow_tables.artifact_to_arrow(self)

    @property
    def _title(self) -> str:
        segment = "" if self.segment is None else f"/{self.segment}"
        return f"{self.kind} of {self.tenant}/{self.surface}{segment}, {self.window[0]} to {self.window[1]}"

    def _require(self, method: str, *kinds: str) -> None:
        if self.kind not in kinds:
            raise ValueError(f"this artifact is {self.kind}; {method}() is for {' and '.join(kinds)}")

    def _dictionary(self, section: int, count: int) -> Dictionary:
        ids = read_dictionary(self._container, section, count)
        if not ids.ascends():
            self._container.fail("the ids do not ascend", section=section)
        return ids

    def _slice(self, row: int) -> slice:
        return slice(int(self.row_offsets[row]), int(self.row_offsets[row + 1]))

    def _entries_of(self, key: str) -> list[Entry]:
        row = self.keys.find(key)
        return [] if row is None else self._entries(self._slice(row))

    def _entries(self, entries: slice) -> list[Entry]:
        self._check_ties()
        assert self.values is not None
        return list(map(Entry, self._members_of(entries), self.values[entries].tolist()))

    def _members_of(self, entries: slice) -> list[str]:
        members = self.members
        return [members[code] for code in self.member_codes[entries].tolist()]

    def _check_ranking(self, values: NDArray[Any], section: int) -> None:
        """No value is greater than the one before it in its row."""
        greater = np.flatnonzero((values[1:] > values[:-1]) & ~self._begins_row[1:])
        if len(greater):
            self._container.fail(f"entry {greater[0] + 1} has more than the one before it in its row", section=section)

    def _check_ties(self) -> None:
        """Of equal values side by side in a row the member of the first is the lower."""
        if not self._ties_are_right:
            self._container.fail("of entries with equal values the higher id stands first", section=_MEMBER)

    @cached_property
    def _ties_are_right(self) -> bool:
        codes, values = self.member_codes, self.values
        if values is None:
            return True
        is_tied = (values[1:] == values[:-1]) & ~self._begins_row[1:]
        return not (is_tied & (codes[1:] <= codes[:-1])).any()

    @cached_property
    def _begins_row(self) -> NDArray[np.bool_]:
        """True for each entry that is the first of its row."""
        begins = np.zeros(self.entries + 1, np.bool_)
        begins[self.row_offsets] = True
        return begins[:-1]


def read_artifact(file: PathOrBytes, *, expected_version: str | None = None) -> Artifact:
    """Opens an artifact (``.rsart``). It is mapped, not read; its parts are read as they are asked for.

    Args:
        file: A path, or the bytes of a file.
        expected_version: The version that it was looked up by, if it was: then the SHA-256 of the file must be this.

    Raises:
        OSError: The file cannot be opened.
        NotRecognised: It is not an artifact.
        NeedsNewerReader: It is of a later version.
        Corrupt: It is damaged.
        Mismatched: It is intact, but of another version than `expected_version`.
    """
    artifact = Artifact(Source.open(file))
    if expected_version not in (None, artifact.version):
        raise Mismatched(f"of version {artifact.version}, not {expected_version}", artifact.path)
    return artifact
