"""Name every command and load only the one asked for, so that --help answers at once."""

import importlib
import os
import sys

import click

from crawler.version import our_version

# command → the module that holds it, under the same name with "_" for "-"
COMMANDS = {
    "run": "crawler.cli.run",
    "once": "crawler.cli.run",
    "demo": "crawler.cli.demo",
    "check": "crawler.cli.check",
    "extract": "crawler.cli.extract",
    "sources": "crawler.cli.sources",
    "rules": "crawler.cli.rules",
    "channels": "crawler.cli.channels",
    "digest": "crawler.cli.digest",
    "replay": "crawler.cli.replay",
    "evidence": "crawler.cli.evidence",
    "search": "crawler.cli.archive",
    "show": "crawler.cli.archive",
    "export": "crawler.cli.export",
    "outbox": "crawler.cli.outbox",
    "status": "crawler.cli.status",
    "doctor": "crawler.cli.upkeep",
    "backup": "crawler.cli.upkeep",
    "restore": "crawler.cli.upkeep",
}
SHORT = {
    "run": "Watch: start the daemon.",
    "once": "Poll what is due, deliver, leave.",
    "demo": "Show everything, offline, in half a minute.",
    "check": "Check the configuration and run the rules' own tests.",
    "extract": "Read one page and print its article.",
    "sources": "Show how each source does; add one.",
    "rules": "Plan, explain, test and import rules.",
    "channels": "List the channels; send a test message.",
    "digest": "Preview or send a digest.",
    "replay": "Go through a past day again: same alerts, same digest?",
    "evidence": "Check and show what proves what pages said.",
    "search": "Search everything stored, in the rule language.",
    "show": "Show one article, its story, every change, who was told.",
    "export": "Write articles as JSONL, CSV or an Atom feed.",
    "outbox": "List, retry or drop messages owed.",
    "status": "Say in plain words how it is.",
    "doctor": "Look for what is wrong and say what to do.",
    "backup": "Copy the database while it is in use.",
    "restore": "Put a backup in the database's place, checked.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name])
        command = getattr(module, cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]}.{cmd_name} is no command")
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; those of every command stand behind its name, and are told so."""
        for each in args:
            if not each.startswith("-"):
                break
            if each.partition("=")[0] in {"--config", "--data"}:
                ctx.fail(f"{each} stands behind the command: presswatch COMMAND {each} …")
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a command; name the nearest one when there is none of that name."""
        near = nearest(args[0])
        if near and near != args[0]:
            ctx.fail(f"There is no command {args[0]!r}. Did you mean {near!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing one of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SHORT[name]) for name in COMMANDS])


def nearest(word: str) -> str | None:
    """Return the command that a mistyped word most resembles."""
    import difflib

    found = difflib.get_close_matches(word, COMMANDS, n=1)
    return found[0] if found else None


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(our_version(), prog_name="presswatch")
def presswatch() -> None:
    """Watch the press: poll news sources, keep one copy of each story, alert, digest.

    \b
    presswatch demo        see everything once, offline
    presswatch check       check config/ after every edit
    presswatch run         watch

    Every command takes --config DIR (default config/) and --data DIR (default data/).
    Exit status: 0 done, 1 found problems, 2 wrong use.
    """


def main() -> None:
    """Run the command line; end quietly when the reader of a pipe has left."""
    try:
        presswatch(prog_name="presswatch")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
