"""The two options every command has, and how a failed command leaves."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from config.errors import ConfigError

Given = ParamSpec("Given")
Result = TypeVar("Result")

FOUND_PROBLEMS, WRONG_USE = 1, 2


def places(command: Callable[Given, Result]) -> Callable[Given, Result]:
    """Add --config and --data, handed on as `config_dir` and `data_dir`."""

    @click.option(
        "--config",
        "config_dir",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("config"),
        envvar="PRESSWATCH_CONFIG",
        show_default=True,
        help="Folder with settings, sources, rules, channels and digests.",
    )
    @click.option(
        "--data",
        "data_dir",
        type=click.Path(path_type=Path, file_okay=False),
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
            leave(
                f"{error}\n\n{count(len(error.mistakes), 'mistake')}; nothing was changed.",
                WRONG_USE,
            )

    return placed


def count(number: int, noun: str) -> str:
    """Write "1 mistake", "2 mistakes"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def leave(message: str, status: int) -> NoReturn:
    """Say what is wrong on standard error and end with a status."""
    click.echo(message, err=True)
    raise SystemExit(status)


def as_json(value: Any) -> str:
    """Write a value as a program reads it."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
