"""The two options every command has, and how a failed command leaves."""

import functools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from config.counting import count_mistakes
from config.errors import ConfigError
from config.words import Misread, duration, web_address, zone
from crawler.places import DataFolderError
from storage.errors import DatabaseError

Given = ParamSpec("Given")
Result = TypeVar("Result")

FOUND_PROBLEMS, WRONG_USE = 1, 2


def places(command: Callable[Given, Result]) -> Callable[Given, Result]:
    """Add --config and --data, handed on as `config_dir` and `data_dir`; word the failures."""

    @click.option(
        "--config",
        "config_dir",
        type=click.Path(path_type=Path, file_okay=False, readable=False),
        default=Path("config"),
        envvar="PRESSWATCH_CONFIG",
        show_default=True,
        help="Folder with settings, sources, rules, channels and digests.",
    )
    @click.option(
        "--data",
        "data_dir",
        type=click.Path(path_type=Path),
        default=Path("data"),
        envvar="PRESSWATCH_DATA",
        show_default=True,
        help="Folder with the database, and mails where no server is configured.",
    )
    @functools.wraps(command)
    def placed(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except ConfigError as error:
            mistakes = count_mistakes(error.mistakes)
            leave(f"{error}\n\n{mistakes}; nothing was changed.", WRONG_USE)
        except DataFolderError as error:
            leave(str(error), WRONG_USE)
        except DatabaseError as error:
            leave(str(error), FOUND_PROBLEMS)
        except BrokenPipeError:  # the reader of the pipe has left: nothing went wrong
            raise
        except OSError as error:
            leave(in_words(error), FOUND_PROBLEMS)

    return placed


def in_words(error: OSError) -> str:
    """Say what the system refused, and for which file."""
    said = error.strerror or str(error)
    return f"{error.filename}: {said}" if error.filename else said


def hand_down(ctx: click.Context, config_dir: Path, data_dir: Path) -> None:
    """Let the commands of a group take the folders that the group was given."""
    if isinstance(ctx.command, click.Group):
        given = {"config_dir": config_dir, "data_dir": data_dir}
        ctx.default_map = dict.fromkeys(ctx.command.commands, given)


class Span(click.ParamType[timedelta]):
    """A span of time as people write it: 15m, 6h, 30d, 2w."""

    name = "span"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Read the span as a duration of the configuration is read."""
        if isinstance(value, timedelta):
            return value
        try:
            return duration(str(value).strip())
        except Misread:
            self.fail(f"{value!r} is no span of time; write 15m, 6h, 30d or 2w", param, ctx)


class Read(click.ParamType[str]):
    """A word that the configuration's own readers read: an address, a zone."""

    def __init__(self, name: str, reader: Callable[[str], str]) -> None:
        self.name = name
        self._reader = reader

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Read the word; what is wrong is said as it is said of a file."""
        try:
            return self._reader(str(value))
        except Misread as error:
            self.fail(f"{error} ({error.hint})" if error.hint else str(error), param, ctx)


ADDRESS, ZONE = Read("url", web_address), Read("zone", zone)


def leave(message: str, status: int) -> NoReturn:
    """Say what is wrong on standard error and end with a status."""
    click.echo(message, err=True)
    raise SystemExit(status)


def as_json(value: Any) -> str:
    """Write a value as a program reads it."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


since_option = click.option(
    "--since", type=Span(), default="30d", show_default=True, help="How far back to look."
)
json_option = click.option("--json", "for_programs", is_flag=True, help="For a program.")
