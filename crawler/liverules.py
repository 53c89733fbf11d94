"""Keep a copy of the configuration that is live, for commands that compare edits with it."""

import shutil

from config.config import Config
from config.load import load_config
from config.secrets import AnySecret
from crawler.places import Places

NAME = "live-config"


def keep_live(places: Places) -> None:
    """Copy the configuration's files as they went live."""
    target, part = places.data / NAME, places.data / f"{NAME}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for file in sorted(places.config.rglob("*.yaml")):
        copy = part / file.relative_to(places.config)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)


def load_kept(places: Places) -> Config | None:
    """Return the configuration that last went live; None: no daemon ever ran on this data."""
    kept = places.data / NAME
    return load_config(kept, AnySecret()) if kept.is_dir() else None
