"""Find and read the files of a config folder; the only place that touches them.

The folder holds settings.yaml, channels.yaml, digests.yaml, and any number of *.yaml below
sources/ and rules/. Editors' own files (hidden, backups) are passed over.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from config.errors import Mistake

MAX_BYTES = 1024 * 1024
SINGLE = ("settings", "channels", "digests")
FOLDERS = ("sources", "rules")
ABSENT = {
    "sources": "presswatch sources add URL --write makes one; with nothing to watch: "
    "version: 1, and below it sources: []",
    "rules": "docs/rules.md begins with a whole file to copy",
}
ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """One file as it was read."""

    kind: str  # settings | channels | digests | sources | rules
    name: str  # inside the folder, with slashes: "rules/caspian.yaml"
    path: str  # as the person would name it
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file or folder that could not be read, or is not there."""

    kind: str
    name: str
    mistake: Mistake


def read_files(directory: Path, called: Path | None = None) -> list[ConfigFile | Unread]:
    """Read every file of the folder, each once, in a stable order.

    A copy may be called by the name that people know: their own folder's.
    """
    files = _read_all(directory)
    if called is None:
        return files
    return [
        replace(file, path=str(called / file.name)) if isinstance(file, ConfigFile) else file
        for file in files
    ]


def _read_all(directory: Path) -> list[ConfigFile | Unread]:
    if not directory.is_dir():
        return [
            _missing(
                "settings",
                "",
                directory,
                "there is no such folder",
                "name the folder with --config DIR",
            )
        ]
    return [_read(kind, directory, path) for kind, path in _paths(directory)]


def stray_files(directory: Path) -> Iterator[Mistake]:
    """Warn of files among sources and rules whose ending we do not read."""
    for kind in FOLDERS:
        for path in _list(directory / kind)[0]:
            if path.is_file() and path.suffix not in ENDINGS and not path.name.endswith("~"):
                yield Mistake(
                    path=str(path),
                    message="is not read: its name does not end in .yaml",
                    hint="rename it, or move it out of this folder",
                    warning=True,
                )


def fingerprint_of(files: Iterable[ConfigFile | Unread]) -> str:
    """Return the SHA-256 over the names and bytes of files; what cannot be read counts, too."""
    total = hashlib.sha256()
    for file in files:
        body = file.body if isinstance(file, ConfigFile) else file.mistake.message.encode()
        total.update(b"%d\0%s%d\0" % (len(file.name), file.name.encode(), len(body)))
        total.update(body)
    return total.hexdigest()


def _paths(directory: Path) -> Iterator[tuple[str, Path]]:
    for kind in SINGLE:
        yield kind, directory / f"{kind}.yaml"
    for kind in FOLDERS:
        visible, shut = _list(directory / kind)
        found = [path for path in visible if path.suffix in ENDINGS]
        for path in [*found, *shut] or [directory / kind / "*.yaml"]:
            yield kind, path


def _list(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return what lies below a folder and is not hidden, and the folders closed to us."""
    shut: list[Path] = []

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            shut.append(Path(error.filename))

    found = [
        Path(place) / name
        for place, folders, files in os.walk(folder, onerror=note)
        for name in (*folders, *files)
    ]
    return sorted(path for path in found if not _is_hidden(path.relative_to(folder))), shut


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "#")) for part in path.parts)


def _read(kind: str, directory: Path, path: Path) -> ConfigFile | Unread:
    name = path.relative_to(directory).as_posix()
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            return _missing(kind, name, path, "is not a file", "")
        with open(path, "rb", opener=_at_once) as file:
            body = file.read(MAX_BYTES + 1) or b""
    except FileNotFoundError:
        hint = ABSENT.get(kind, "a file with nothing to say reads: version: 1")
        return _missing(kind, name, path, "there is no such file", hint)
    except IsADirectoryError:
        return _missing(kind, name, path, "is not a file", "")
    except PermissionError as error:
        hint = "the user that presswatch runs as must be let in: chmod, or chown"
        return _missing(kind, name, path, f"cannot be read: {error.strerror}", hint)
    except OSError as error:
        return _missing(kind, name, path, f"cannot be read: {error.strerror}", "")
    if len(body) > MAX_BYTES:
        hint = "split it: every *.yaml in the folder is read"
        return _missing(kind, name, path, "is larger than 1 MiB", hint)
    return ConfigFile(kind=kind, name=name, path=str(path), body=body)


def _at_once(path: str, flags: int) -> int:
    """Open a file so that neither this nor reading it waits for somebody who writes."""
    return os.open(path, flags | os.O_NONBLOCK)


def _missing(kind: str, name: str, path: Path, message: str, hint: str) -> Unread:
    return Unread(
        kind=kind, name=name, mistake=Mistake(path=str(path), message=message, hint=hint)
    )
