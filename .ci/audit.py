"""Ask for known faults of every pinned dependency; fail on a finding, not for want of network.

    python .ci/audit.py PIP_AUDIT LOCK...

The service that knows the faults may be out of reach; then that is said, and nothing claimed.
"""

import json
import subprocess
import sys
from typing import Any


def ask(command: str, lock: str) -> list[dict[str, Any]] | str:
    """Return pip-audit's word on each package of a lock; a text: why there is none."""
    arguments = [
        "--requirement",
        lock,
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        done = subprocess.run(  # noqa: S603 - the command is the caller's
            [command, *arguments], capture_output=True, text=True, timeout=300, check=False
        )
    except subprocess.TimeoutExpired:
        return "no answer within five minutes"
    except OSError as error:
        return repr(error)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError) as error:
        said = done.stderr.strip().splitlines()
        return said[-1] if said else repr(error)
    return found


def judge(lock: str, found: list[dict[str, Any]] | str) -> int:
    """Say what was found; return how many known faults there are."""
    if isinstance(found, str):
        say(f"{lock}: NOT AUDITED, the service is out of reach: {found}")
        return 0
    unknown = [each["name"] for each in found if "skip_reason" in each]
    faults = [(each, fault) for each in found for fault in each.get("vulns", ())]
    for each, fault in faults:
        fixed = ", ".join(fault.get("fix_versions", ())) or "no version yet"
        say(f"{lock}: {each['name']} {each['version']}: {fault['id']}, mended in {fixed}")
    audited = len(found) - len(unknown)
    say(f"{lock}: {audited} of {len(found)} packages audited, {len(faults)} faults")
    if unknown:
        say(f"{lock}: NOT AUDITED, unknown to the service: {len(unknown)} packages")
    return len(faults)


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Audit the locks that are named."""
    command, *locks = sys.argv[1:]
    return 1 if sum(judge(lock, ask(command, lock)) for lock in locks) else 0


if __name__ == "__main__":
    raise SystemExit(main())
