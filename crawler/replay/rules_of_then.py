"""Find what was live at a past moment, as the store has kept it, with its rules or with others.

The texts are written into a folder that is gone afterwards and read like any other, so that a
past configuration is understood by the same door as today's.
"""

import io
import os
import subprocess
import tarfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from alerts.digest.due import Window
from config.files import ENDINGS
from config.secrets import AnySecret
from crawler.live.configuration import Live, load_live
from crawler.live.kept import write_texts
from storage.configurations import Span, configuration_files
from storage.transaction import Transaction

RULES = "rules"


class NotKept(Exception):  # noqa: N818 - says what it is
    """What was live then is not kept, or no such rules can be found: a person must choose."""


class TooEarly(NotKept):
    """What a replay needs was not kept yet on that day."""

    def __init__(self, since: datetime | None) -> None:
        self.since = since  # None: it begins with the next start
        super().__init__(f"what a replay needs is kept since {since or 'the next start'}")


@dataclass(slots=True, kw_only=True)
class Then:
    """Every configuration that was live, read when it is asked for."""

    tx: Transaction
    spans: Sequence[Span]
    folder: Path  # of one's own, for the texts
    called: Path  # how the person names the folder of the files
    rules: Mapping[str, bytes] | None = None  # in the place of those of then
    _read: dict[int, Live] = field(default_factory=dict)

    def span(self, at: datetime) -> Span:
        """Return what was live at a moment; raises NotKept."""
        place = bisect_right(self.spans, at, key=lambda each: each.since)
        if not place:
            raise NotKept(f"nothing is kept of what was live {at:%Y-%m-%d %H:%M}Z")
        return self.spans[place - 1]

    def known(self, day: Window) -> Window:
        """Return of a day what can be gone through again; raises NotKept."""
        first = self.spans[0].since if self.spans else None
        if first is None or day.end <= first:
            raise TooEarly(first)
        return replace(day, start=max(day.start, first))

    def during(self, day: Window) -> list[datetime]:
        """Return a moment of each configuration that was live in a day."""
        later = (each.since for each in self.spans if day.start < each.since < day.end)
        return [day.start, *later]

    def said(self, day: Window) -> str:
        """Name the rules that were live in a day by the hashes that digests name."""
        hashes = dict.fromkeys(self.span(at).rules_fingerprint[:12] for at in self.during(day))
        return f"the rules that were live then ({', '.join(hashes)})"

    def live(self, at: datetime) -> Live:
        """Return the same, compiled; with other rules where they were named."""
        span = self.span(at)
        if span.id not in self._read:
            self._read[span.id] = self._load(span, self.rules, f"{span.id}")
        return self._read[span.id]

    def as_it_was(self, at: datetime) -> Live:
        """Return what was live with its own rules."""
        span = self.span(at)
        return self._load(span, None, f"{span.id}-as-it-was") if self.rules else self.live(at)

    def _load(self, span: Span, rules: Mapping[str, bytes] | None, name: str) -> Live:
        if not span.kept:
            raise NotKept(
                f"what went live {span.since:%Y-%m-%d %H:%M}Z was edited again before a copy "
                "could be kept"
            )
        texts = configuration_files(self.tx, span.id)
        if rules is not None:
            others = {n: text for n, text in texts.items() if not n.startswith(f"{RULES}/")}
            texts = {**others, **rules}
        write_texts(self.folder / name, texts)
        return load_live(self.folder / name, AnySecret(), self.called)


def named_rules(
    tx: Transaction, name: str, spans: Sequence[Span], repository: Path
) -> dict[str, bytes]:
    """Return rules by a folder, by the hash a digest names, or by a commit; raises NotKept."""
    if Path(name).is_dir():
        return _of_folder(Path(name))
    for span in reversed(spans):
        if span.kept and len(name) >= 4 and span.rules_fingerprint.startswith(name):
            texts = configuration_files(tx, span.id)
            return {n: text for n, text in texts.items() if n.startswith(f"{RULES}/")}
    return _of_commit(name, repository)


def _of_folder(folder: Path) -> dict[str, bytes]:
    """Read the rules of a config folder, or of a folder of rules."""
    root = folder / RULES if (folder / RULES).is_dir() else folder
    names = (Path(at) / name for at, _, found in os.walk(root) for name in sorted(found))
    inside = ((path, path.relative_to(root)) for path in names if path.suffix in ENDINGS)
    texts = {
        f"{RULES}/{name.as_posix()}": path.read_bytes()
        for path, name in inside
        if not any(part.startswith((".", "#")) for part in name.parts)
    }
    if not texts:
        raise NotKept(f"{root}: holds no rules; name a folder with *.yaml in it")
    return texts


def _of_commit(name: str, repository: Path) -> dict[str, bytes]:
    """Read the rules of a commit of the repository in which the config folder lies."""
    what = f"{name!r} is no folder, no hash of rules that were live, and no commit"
    if name.startswith("-"):  # git would take it for an option
        raise NotKept(what)
    archive = ["git", "-C", str(repository), "archive", "--format=tar", name, RULES]
    try:
        done = subprocess.run(archive, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError as error:
        raise NotKept(f"{what} that could be asked for: git: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NotKept(f"{what} with {RULES}/ in {repository}: {said[0] if said else ''}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
        files = {each.name: tar.extractfile(each) for each in tar if each.isfile()}
    return {
        file: body.read()
        for file, body in files.items()
        if body is not None and file.endswith(ENDINGS)
    }
