"""Fetch a secret from where its reference points: the environment or a file, never the YAML."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from config.settings import Secret
from config.words import Misread

MAX_BYTES = 65_536
AS_PLAIN_TEXT = "holds a secret in plain text"
IN_FILE = "written in the file"  # the origin of an address that needs no hiding


class AnySecret(Mapping[str, str]):
    """An environment with every secret, those in files too: who sends nothing needs none."""

    value = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    def __getitem__(self, key: str) -> str:
        return self.value

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def fetch_secret(reference: str, environ: Mapping[str, str]) -> Secret:
    """Return the secret behind env:NAME or file:/path; raises Misread with what to do."""
    kind, _, place = reference.partition(":")
    if kind == "env" and place:
        return Secret(value=_from_environment(place, environ), origin=reference)
    if kind == "file" and place:
        asked = not isinstance(environ, AnySecret)
        value = _from_file(Path(place)) if asked else AnySecret.value
        return Secret(value=value, origin=reference)
    # The word itself is not repeated: it may be the secret.
    raise Misread(
        AS_PLAIN_TEXT,
        "write env:NAME or file:/path instead, and change the secret if others have read it",
    )


def _from_environment(name: str, environ: Mapping[str, str]) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise Misread(
            f"refers to the environment variable {name}, which is not set",
            f"start presswatch with {name}=… in its environment, or write file:/path instead",
        )
    return value


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            value = file.read(MAX_BYTES).decode("utf-8").strip()
    except OSError as error:
        raise Misread(
            f"refers to the file {path}, which cannot be read: {error.strerror}"
        ) from error
    except UnicodeDecodeError as error:
        raise Misread(f"refers to the file {path}, which is not UTF-8 text") from error
    if not value:
        raise Misread(f"refers to the file {path}, which is empty")
    return value
