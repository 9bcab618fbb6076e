"""Partitions: the exposure events of a tenant, a surface and a UTC day."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .container import Container, Format
from .days import NANOSECONDS, DayLike, day_number, has_timestamps, instant, parse_day
from .dictionaries import Dictionary, read_dictionary
from .errors import Mismatched
from .source import PathOrBytes, Source
from .statistics import Statistics, read_statistics

if TYPE_CHECKING:
    import pandas
    import pyarrow

_SECTIONS = {
    1: "user_dictionary",
    2: "session_dictionary",
    3: "request_dictionary",
    4: "item_dictionary",
    16: "user",
    17: "time_of_day",
    18: "session",
    19: "request",
    20: "item",
    21: "rank",
}
_TIME_OF_DAY, _RANK = 17, 21

FORMAT = Format("a partition", b"P", _SECTIONS)

COLUMNS = ("ts", "tenant", "surface", "user_id", "session_id", "request_id", "item_id", "rank")
"""The columns of a table of events, named as in the event contract."""

_EVENTS_PER_BATCH = 65_536


class IdColumn:
    """A column of ids: a code for each event, and the dictionary that says what the codes mean.

    Both are read when they are first asked for.

    Attributes:
        is_optional: True if an event may have no id: users and requests.
    """

    def __init__(self, container: Container, sections: tuple[int, int], rows: int, ids: int, is_optional: bool) -> None:
        self._container = container
        self._dictionary_section, self._section = sections
        self._rows = rows
        self._id_count = ids
        self.is_optional = is_optional

    def __repr__(self) -> str:
        name = _SECTIONS[self._section]
        return f"<IdColumn {name}: {self._rows:,} events, {self._id_count:,} distinct ids>"

    @cached_property
    def codes(self) -> NDArray[np.uint32]:
        """What each event has, shape ``(rows,)``: 0 for no id, else the number of its id in `ids`, plus 1."""
        codes = self._container.column(self._section, np.uint32, self._rows)
        least = 0 if self.is_optional else 1
        if len(codes) and (int(codes.min()) < least or int(codes.max()) > self._id_count):
            reason = f"a code of {codes.min()} or {codes.max()}, not within {least} to {self._id_count}"
            self._container.fail(reason, section=self._section)
        return codes

    @cached_property
    def ids(self) -> Dictionary:
        """The distinct ids; those of users ascend."""
        section = self._dictionary_section
        ids = read_dictionary(self._container, section, self._id_count)
        if _SECTIONS[section] == "user_dictionary":
            if not ids.ascends():
                self._container.fail("the ids do not ascend", section=section)
        elif not ids.is_distinct():
            self._container.fail("an id is repeated", section=section)
        return ids

    def to_numpy(self) -> NDArray[np.object_]:
        """The id of each event, shape ``(rows,)``, dtype object: strings, and None for no id."""
        with_none = np.append(np.array([None], object), self.ids.to_numpy())
        return with_none[self.codes]


class Partition:
    """The exposure events of a tenant, a surface and a UTC day, in columns.

    Rows are sorted by user (events without one first, by session), then by time. A column is read, checked and kept
    when it is first asked for; the others are not touched.

    Attributes:
        path: The file as it was named, or None.
        statistics: What the file says of itself.
    """

    def __init__(self, source: Source) -> None:
        self._container = Container(source, FORMAT)
        self.path = source.path
        self.statistics: Statistics = read_statistics(self._container)

    def __len__(self) -> int:
        return self.statistics.rows

    def __repr__(self) -> str:
        own = self.statistics
        distinct = f"{own.users:,} users, {own.sessions:,} sessions, {own.requests:,} requests, {own.items:,} items"
        return f"<Partition {own.tenant}/{own.surface}, {own.day}: {own.rows:,} events, {distinct}>"

    def _repr_html_(self) -> str:
        own = self.statistics
        rows = [("events", own.rows), ("users", own.users), ("sessions", own.sessions)]
        rows += [("requests", own.requests), ("items", own.items)]
        cells = "".join(f"<tr><th>{name}</th><td>{count:,}</td></tr>" for name, count in rows)
        times = f"{self.earliest} to {self.latest}" if own.rows else str(own.day)
        title = f"Partition <b>{html.escape(own.tenant)}/{html.escape(own.surface)}</b>, {own.day}"
        return f"<table><caption>{title}<br>{times}</caption>{cells}</table>"

    @property
    def tenant(self) -> str:
        """Whose events they are."""
        return self.statistics.tenant

    @property
    def surface(self) -> str:
        """Where they were shown."""
        return self.statistics.surface

    @property
    def day(self) -> np.datetime64:
        """The UTC day of all events, as ``datetime64[D]``."""
        return self.statistics.day

    @property
    def rows(self) -> int:
        """How many events there are."""
        return self.statistics.rows

    @property
    def earliest(self) -> str | None:
        """The instant of the first event in RFC 3339, or None without events."""
        return instant(self.day, self.statistics.earliest) if self.rows else None

    @property
    def latest(self) -> str | None:
        """The instant of the last event in RFC 3339, or None without events."""
        return instant(self.day, self.statistics.latest) if self.rows else None

    @cached_property
    def user(self) -> IdColumn:
        """The users. Events may have none."""
        return IdColumn(self._container, (1, 16), self.rows, self.statistics.users, is_optional=True)

    @cached_property
    def session(self) -> IdColumn:
        """The sessions."""
        return IdColumn(self._container, (2, 18), self.rows, self.statistics.sessions, is_optional=False)

    @cached_property
    def request(self) -> IdColumn:
        """The requests. Events may have none."""
        return IdColumn(self._container, (3, 19), self.rows, self.statistics.requests, is_optional=True)

    @cached_property
    def item(self) -> IdColumn:
        """The items."""
        return IdColumn(self._container, (4, 20), self.rows, self.statistics.items, is_optional=False)

    @cached_property
    def time_of_day(self) -> NDArray[np.uint64]:
        """When each event was, shape ``(rows,)``: nanoseconds since 00:00 UTC of the day."""
        times = self._container.column(_TIME_OF_DAY, np.uint64, self.rows)
        least, greatest = (int(times.min()), int(times.max())) if len(times) else (0, 0)
        own = self.statistics
        # The statistics are within the day; that was checked when they were read.
        if (least, greatest) != (own.earliest, own.latest):
            reason = f"times from {least} to {greatest}, not from {own.earliest} to {own.latest} as the statistics say"
            self._container.fail(reason, section=_TIME_OF_DAY)
        return times

    @property
    def ts(self) -> NDArray[np.datetime64]:
        """When each event was, shape ``(rows,)``, dtype ``datetime64[ns]``, UTC.

        Raises `OverflowError` for days before 1677-09-22 and after 2262-04-10, for which there are no such numbers.
        """
        if not has_timestamps(self.day):
            raise OverflowError(f"{self.day} is outside what timestamps in nanoseconds can say; use time_of_day")
        start = day_number(self.day) * NANOSECONDS
        instants: NDArray[np.datetime64] = (self.time_of_day.astype(np.int64) + start).view("datetime64[ns]")
        return instants

    @cached_property
    def _ranks(self) -> NDArray[np.uint32]:
        """0 for no rank, else the rank plus 1."""
        ranks = self._container.column(_RANK, np.uint32, self.rows)
        if len(ranks) and int(ranks.max()) > 2**31:
            self._container.fail(f"a rank code of {ranks.max()}, more than 2^31", section=_RANK)
        return ranks

    @property
    def rank(self) -> np.ma.MaskedArray[Any, np.dtype[np.int32]]:
        """The rank of each event, shape ``(rows,)``, dtype int32, masked where an event has none. 0 is the first."""
        ranks = self._ranks
        values = (ranks.astype(np.int64) - 1).astype(np.int32)
        return np.ma.MaskedArray(values, mask=ranks == 0)

    def verify(self) -> None:
        """Reads everything and makes every check. Raises `Corrupt` if one fails."""
        self._check_row_order()
        for column in (self.request, self.item, self.session, self.user):
            _ = column.codes, column.ids
        _ = self._ranks

    def events(self) -> Iterator[dict[str, Any]]:
        """The events as dicts, in the order of the rows.

        They have the members of the event contract; ``user_id``, ``request_id`` and ``rank`` are absent where an event
        has none. ``ts`` is text in RFC 3339 with all digits. The first one is given out when everything was checked.
        """
        self.verify()
        ids = [[None, *column.ids] for column in (self.user, self.session, self.request, self.item)]
        for start in range(0, self.rows, _EVENTS_PER_BATCH):
            yield from self._batch_of_events(slice(start, start + _EVENTS_PER_BATCH), ids)

    def to_pandas(self, columns: Sequence[str] | None = None) -> pandas.DataFrame:
        """The events as a table of pandas.

        Args:
            columns: Some of `COLUMNS`, in the order that is wanted; all by default. Only these are read.

        Ids are categories, ``ts`` is ``datetime64[ns, UTC]``, and ``rank`` is ``Int32``; missing values are NA. With
        all columns the order of the rows is checked, too.
        """
        from . import pandas_tables

        return pandas_tables.partition_to_pandas(self, self._chosen(columns))

    def to_arrow(self, columns: Sequence[str] | None = None) -> pyarrow.Table:
        """The events as a table of Arrow.

        Args:
            columns: Some of `COLUMNS`, in the order that is wanted; all by default. Only these are read.

        Ids are dictionary-encoded strings, ``ts`` is ``timestamp[ns, UTC]``, and ``rank`` is ``int32``; missing values
        are null. With all columns the order of the rows is checked, too.
        """
        from . import arrow_tables

        return arrow_tables.partition_to_arrow(self, self._chosen(columns))

    def _chosen(self, columns: Sequence[str] | None) -> Sequence[str]:
        if columns is None:
            self._check_row_order()
            return COLUMNS
        if isinstance(columns, str | bytes):
            raise TypeError(f"columns are a list of names, not {columns!r}")
        for column in columns:
            if column not in COLUMNS:
                raise ValueError(f"there is no column {column!r}; there are {', '.join(COLUMNS)}")
        return columns

    def _check_row_order(self) -> None:
        """The order of section 5, but for arrival, of which nothing in the file speaks."""
        users, times = self.user.codes, self.time_of_day
        owners = users.astype(np.int64)
        without_user = int(np.count_nonzero(users == 0))
        if without_user:
            # If rows are in order those without a user come first; among them the order of the sessions' ids decides.
            sessions = self.session.codes[:without_user]
            present = np.unique(sessions).tolist()
            ids = self.session.ids
            places = np.empty(len(ids) + 1, np.int64)
            places[sorted(present, key=lambda code: ids[code - 1])] = np.arange(-len(present), 0)
            owners[:without_user] = np.where(users[:without_user] == 0, places[sessions], owners[:without_user])
        is_later = (owners[1:] > owners[:-1]) | ((owners[1:] == owners[:-1]) & (times[1:] >= times[:-1]))
        if not is_later.all():
            row = int(np.flatnonzero(~is_later)[0]) + 1
            self._container.fail(f"row {row} stands behind a row that it should precede")
        if len(np.unique(users[users > 0])) != len(self.user.ids):
            self._container.fail("a user has no row")

    def _batch_of_events(self, rows: slice, ids: list[list[str | None]]) -> Iterator[dict[str, Any]]:
        own = self.statistics
        users, sessions, requests, items = ids
        codes = [column.codes[rows].tolist() for column in (self.user, self.session, self.request, self.item)]
        times, ranks = self.time_of_day[rows].tolist(), self._ranks[rows].tolist()
        for time, user, session, request, item, rank in zip(times, *codes, ranks, strict=True):
            event = {"v": 1, "ts": instant(own.day, time), "tenant": own.tenant, "surface": own.surface}
            if user:
                event["user_id"] = users[user]
            event["session_id"] = sessions[session]
            if request:
                event["request_id"] = requests[request]
            event["item_id"] = items[item]
            if rank:
                event["rank"] = rank - 1
            yield event


def read_partition(
    file: PathOrBytes, *, tenant: str | None = None, surface: str | None = None, day: DayLike | None = None
) -> Partition:
    """Opens a partition (``.rspart``). It is mapped, not read; columns are read as they are asked for.

    Args:
        file: A path, or the bytes of a file.
        tenant: Whose events they should be, if that is known.
        surface: Where they should have been shown.
        day: The UTC day that it should be: ``YYYY-MM-DD``, or a date of Python or numpy.

    Raises:
        OSError: The file cannot be opened.
        NotRecognised: It is not a partition.
        NeedsNewerReader: It is of a later version.
        Corrupt: It is damaged.
        Mismatched: It is intact, but of another tenant, surface or day than it should be.
    """
    partition = Partition(Source.open(file))
    own = partition.statistics
    expected = (tenant or own.tenant, surface or own.surface, own.day if day is None else parse_day(str(day)))
    if expected != (own.tenant, own.surface, own.day):
        wanted = f"{expected[0]}/{expected[1]}, {expected[2]}"
        raise Mismatched(f"of {own.tenant}/{own.surface}, {own.day}, not of {wanted}", partition.path)
    return partition
