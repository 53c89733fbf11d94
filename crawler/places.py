"""Where everything lies below the data folder, and whether we may write there."""

import os
from dataclasses import dataclass
from pathlib import Path

from config.settings import EvidenceSettings


class DataFolderError(Exception):
    """The data folder cannot be used; a person must mend its place or its permissions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The two folders of an installation."""

    config: Path
    data: Path

    @property
    def database(self) -> Path:
        """Return the database file."""
        return self.data / "presswatch.db"

    @property
    def mail(self) -> Path:
        """Return the folder where mails land that no server takes."""
        return self.data / "mail"

    @property
    def templates(self) -> Path:
        """Return the folder whose templates take the place of our own."""
        return self.config / "templates"

    @property
    def accepted(self) -> Path:
        """Return the file that holds the fingerprint of a rule edit a person has accepted."""
        return self.data / "accepted-rules"

    def evidence(self, settings: EvidenceSettings) -> Path | None:
        """Return the folder of what proves matches; None: nothing is kept."""
        return None if settings.folder is None else self.data / settings.folder

    def prepare(self) -> None:
        """Make the data folder; raises DataFolderError where that cannot be."""
        try:
            self.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataFolderError(
                f"{self.data}: cannot be made: {error.strerror}. Name another with --data DIR."
            ) from error
        if not os.access(self.data, os.W_OK | os.X_OK):
            raise DataFolderError(
                f"{self.data}: cannot be written by this user. Mend its permissions, or name "
                "another folder with --data DIR."
            )
