"""Keep a copy of the configuration that is live.

Commands compare edits with it, and a daemon that starts again begins where the last one ended.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from config.config import Config
from config.errors import ConfigError, Mistake
from config.files import ConfigFile, fingerprint_of, read_files
from config.load import fingerprint, read_draft
from config.secrets import AnySecret
from crawler.live.configuration import Live, check_live, load_live, make_live
from crawler.places import DataFolderError, Places

NAME = "live-config"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a daemon begins with."""

    live: Live
    mistakes: tuple[Mistake, ...] = ()  # why the files are not live; empty: they can be


def start_live(places: Places, environ: Mapping[str, str]) -> Start:
    """Return what goes live at a start; raises ConfigError where nothing ever was live.

    Files with mistakes never replace what ran before: what last went live goes on. Rules edited
    since then wait for the reloader's first look, which tests and plans them as any edit; where
    nothing was live before, the rules' own tests must pass at once.
    """
    kept = places.data / NAME
    if not kept.is_dir():
        return Start(live=check_live(places.config, environ))
    start = read_live(places, environ)
    if start.mistakes:
        return start
    if fingerprint(kept) == start.live.config.fingerprint:
        return start  # nothing was edited: ten thousand rules are not read twice
    return Start(live=_with_kept_rules(start.live, load_kept(places)))


def read_live(places: Places, environ: Mapping[str, str]) -> Start:
    """Return the files as they stand, or what last was live where they have mistakes.

    Raises ConfigError where nothing ever was live.
    """
    try:
        return Start(live=load_live(places.config, environ))
    except ConfigError as error:
        return Start(live=_last_live(places, environ, error), mistakes=error.mistakes)


def read_edited(places: Places) -> Start:
    """Return the rules as edited; where only other files have mistakes, these as before.

    Raises ConfigError for mistakes in the rules themselves, and where nothing ever was live.
    """
    draft = read_draft(places.config, AnySecret())
    if draft.config is not None:
        return Start(live=make_live(draft.config))
    mistakes = tuple(each for each in draft.mistakes if not each.warning)
    error = ConfigError(mistakes)
    if any(Path(each.path).is_relative_to(places.config / "rules") for each in mistakes):
        raise error
    before = _last_live(places, AnySecret(), error).config
    edited = replace(
        before,
        rules=draft.rules,
        terms=draft.terms,
        rules_fingerprint=draft.rules_fingerprint,
    )
    return Start(live=make_live(edited), mistakes=mistakes)


def _last_live(places: Places, environ: Mapping[str, str], error: ConfigError) -> Live:
    try:
        return load_live(places.data / NAME, environ, places.config)
    except ConfigError:
        raise error from None


def _with_kept_rules(live: Live, kept: Config | None) -> Live:
    """Return the files' configuration with the rules that ran before, where they fit it."""
    config = live.config
    if kept is None or kept.rules_fingerprint == config.rules_fingerprint:
        return live
    channels = {channel.id for channel in config.channels}
    if any(not channels.issuperset(rule.alert.channels) for rule in kept.rules):
        return live
    before = replace(
        config,
        rules=kept.rules,
        terms=kept.terms,
        rules_fingerprint=kept.rules_fingerprint,
        fingerprint=kept.fingerprint,
    )
    try:
        return make_live(before)
    except ConfigError:
        return live


def live_texts(places: Places, live: str) -> dict[str, bytes] | None:
    """Return the texts of what is live by its fingerprint; None: they were edited since."""
    for folder in (places.config, places.data / NAME):
        files = read_files(folder)
        if fingerprint_of(files) == live:
            return {file.name: file.body for file in files if isinstance(file, ConfigFile)}
    return None


def write_texts(folder: Path, texts: Mapping[str, bytes]) -> None:
    """Write files into a new folder."""
    folder.mkdir()
    for name, body in texts.items():
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(body)


def keep_live(places: Places) -> None:
    """Copy the configuration's files as they went live; raises DataFolderError."""
    target, part = places.data / NAME, places.data / f"{NAME}.part"
    try:
        shutil.rmtree(part, ignore_errors=True)
        files = read_files(places.config)
        write_texts(part, {f.name: f.body for f in files if isinstance(f, ConfigFile)})
        shutil.rmtree(target, ignore_errors=True)
        part.rename(target)
    except OSError as error:
        raise DataFolderError(
            f"{target}: what is live could not be copied there: {error.strerror}. "
            f"It runs all the same; let presswatch write in {places.data}"
        ) from error


def load_kept(places: Places) -> Config | None:
    """Return the configuration that last went live; None: there is none that can be read."""
    kept = places.data / NAME
    return read_draft(kept, AnySecret(), places.config).config if kept.is_dir() else None
