"""`presswatch outbox`: the messages owed, the ones given up on, and what to do with them."""

from pathlib import Path

import click

from config.counting import count
from crawler.cli.places import FOUND_PROBLEMS, as_json, hand_down, json_option, leave, places
from crawler.cli.store import read, write
from crawler.clock import utc_now
from storage.dead_letters import drop, replay
from storage.outbox import OutboxRow, OutboxState, list_messages


@click.group(invoke_without_command=True)
@click.pass_context
@places
def outbox(ctx: click.Context, config_dir: Path, data_dir: Path) -> None:
    """List, retry or drop messages owed."""
    hand_down(ctx, config_dir, data_dir)
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing, config_dir=config_dir, data_dir=data_dir)


@outbox.command(name="list")
@click.option(
    "--state", type=click.Choice([each.value for each in OutboxState]), help="Only these."
)
@click.option("--channel", help="Only this channel's.")
@click.option("--limit", default=100, show_default=True, help="So many at most.")
@json_option
@places
def listing(
    state: str | None = None,
    channel: str | None = None,
    limit: int = 100,
    *,
    for_programs: bool = False,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """List messages, the newest first; dead ones say why."""
    wanted = OutboxState(state) if state else None
    rows = read(
        data_dir, lambda tx: list_messages(tx, state=wanted, channel=channel, limit=limit)
    )
    if for_programs:
        click.echo(as_json([fields(row) for row in rows]))
        return
    for row in rows:
        click.echo(line(row))
    dead = sum(row.state is OutboxState.DEAD for row in rows)
    click.echo(
        count(len(rows), "message") + (f", {dead} dead: retry KEY or drop KEY" if dead else "")
    )


def line(row: OutboxRow) -> str:
    """Write one message as one line."""
    tries = f", {row.attempts} tries" if row.attempts > 1 else ""
    why = f": {row.reason}" if row.reason else ""
    return f"{row.state:8} {row.due_at:%Y-%m-%d %H:%M}Z  {row.key}{tries}{why}"


def fields(row: OutboxRow) -> dict[str, object]:
    """Return what a program wants to know of a message."""
    return {
        "key": row.key,
        "channel": row.channel,
        "kind": row.kind,
        "state": row.state.value,
        "due_at": row.due_at.isoformat(),
        "attempts": row.attempts,
        "reason": row.reason,
    }


@outbox.command()
@click.argument("key")
@places
def retry(key: str, config_dir: Path, data_dir: Path) -> None:
    """Owe a dead or dropped message again, under the same key."""
    if not write(data_dir, lambda tx: replay(tx, key, utc_now())):
        leave(f"{key}: no dead or dropped message has this key", FOUND_PROBLEMS)
    click.echo(f"{key}: goes out with the next delivery")


@outbox.command(name="drop")
@click.argument("key")
@click.option("--reason", default="dropped by hand", show_default=True, help="Is kept with it.")
@places
def drop_one(key: str, reason: str, config_dir: Path, data_dir: Path) -> None:
    """Let a waiting or dead message go unsent."""
    if not write(data_dir, lambda tx: drop(tx, key, utc_now(), reason=reason)):
        leave(f"{key}: no waiting or dead message has this key", FOUND_PROBLEMS)
    click.echo(f"{key}: dropped")
