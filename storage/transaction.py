"""Give storage functions one open transaction to speak with, and nothing else."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from storage.candidates import Candidates

Row = sqlite3.Row
Parameters = Sequence[Any] | Mapping[str, Any]
Text = tuple[bytes, bytes, str]  # an article's content and folded columns, and its folded text


class Writer(sqlite3.Connection):
    """The connection that writes, with what it remembers of the newest articles."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.candidates = Candidates()
        self.texts: dict[int, Text] = {}  # of articles that wait for the search index


class Transaction:
    """A transaction that is open for as long as the work handed to the database runs."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def candidates(self) -> Candidates:
        """Return what finds the stories of an article; only the writer has it."""
        return self._writer.candidates

    @property
    def texts(self) -> dict[int, Text]:
        """Return texts of articles that were stored lately, by id; only the writer has them.

        They may be of works that were rolled back: compare them with what is stored.
        """
        return self._writer.texts

    @property
    def _writer(self) -> Writer:
        if not isinstance(self._connection, Writer):
            raise TypeError("this connection only reads: it remembers nothing")
        return self._connection

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self._connection.execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Parameters]) -> sqlite3.Cursor:
        """Run one statement for each row."""
        return self._connection.executemany(sql, rows)

    def fetch(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Run one query and return all its rows."""
        return self._connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Run one query and return its first row; None: there is none."""
        row: Row | None = self._connection.execute(sql, parameters).fetchone()
        return row
