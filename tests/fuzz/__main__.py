"""Try one target for a while: guided by coverage where atheris is there, else by mutation.

    python -m tests.fuzz TARGET [SECONDS]
    python -m tests.fuzz --keep TARGET
    python -m tests.fuzz --targets

What breaks a promise, or takes more than five seconds, is kept below tests/fuzz/crashes and
fails the tests from then on. --keep chooses from all that was tried the small inputs that reach
lines no smaller one reaches, and keeps them below tests/fuzz/corpus, which the tests replay.
"""

import hashlib
import importlib.util
import random
import signal
import sys
import time
from pathlib import Path
from types import FrameType

FOLDER = Path(__file__).parent
CACHE = FOLDER.parents[1] / ".cache" / "fuzz"
OURS = ("crawler", "alerts", "config", "storage")
SLOW = 5  # seconds of CPU for one input: what a worker is given
SMALL = 1_500  # bytes of an input that is kept
LARGEST = 20_000  # bytes of one that is tried


class TooSlowError(Exception):
    """One input took longer than a worker would be given."""


def ring(number: int, frame: FrameType | None) -> None:
    """End an input that takes too long."""
    del number, frame
    raise TooSlowError


def attempt(name: str, data: bytes) -> None:
    """Try one input; keep it when it breaks something."""
    from tests.fuzz.targets import TARGETS

    signal.setitimer(signal.ITIMER_PROF, SLOW)
    try:
        TARGETS[name](data)
    except BaseException:
        folder = FOLDER / "crashes" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)
        raise
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def guided(name: str, seconds: int) -> None:
    """Let coverage lead the way."""
    import atheris

    with atheris.instrument_imports(include=list(OURS)):
        import tests.fuzz.targets  # noqa: F401 - instrumented here, used by attempt
        from tests.fuzz.seeds import seeds

    tried = CACHE / name
    tried.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (tried / f"seed-{number}").write_bytes(seed)
    arguments = [sys.argv[0], f"-max_total_time={seconds}", f"-max_len={LARGEST}", str(tried)]
    atheris.Setup(arguments, lambda data: attempt(name, data))
    atheris.Fuzz()


def blind(name: str, seconds: int) -> None:
    """Mutate without a guide."""
    from tests.fuzz.seeds import seeds

    dice = random.Random(name)
    pool = seeds(name)
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        attempt(name, mutate(dice, pool))
        count += 1
    sys.stdout.write(f"{name}: {count:,} inputs, nothing broke\n")


def mutate(dice: random.Random, pool: list[bytes]) -> bytes:
    """Cut, repeat, splice and flip what there is."""
    data = bytearray(dice.choice(pool)[: dice.choice((40, 400, 4_000, LARGEST))])
    for _ in range(dice.randrange(1, 12)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(4):
            case 0:
                data[at : at + dice.randrange(60)] = b""
            case 1:
                data[at:at] = bytes(dice.randbytes(dice.randrange(1, 8)))
            case 2:
                other = dice.choice(pool)
                start = dice.randrange(len(other) + 1)
                data[at:at] = other[start : start + dice.randrange(200)]
            case _:
                data[at:at] = data[at : at + dice.randrange(1, 20)] * dice.randrange(1, 50)
    return bytes(data[:LARGEST])


def keep(name: str) -> None:
    """Keep the smallest inputs that reach lines which no smaller one reaches."""
    from coverage import Coverage

    from tests.fuzz.seeds import seeds

    tried = [file.read_bytes() for file in (CACHE / name).glob("*")]
    inputs = sorted({*tried, *seeds(name)}, key=lambda data: (len(data), data))
    folder = FOLDER / "corpus" / name
    for old in folder.glob("*"):
        old.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    measured = Coverage(
        data_file=None,
        config_file=False,
        include=[f"{FOLDER.parents[1]}/{each}/*" for each in OURS],
    )
    reached = 0
    attempt(name, b"")  # what is loaded once is nobody's merit
    for data in inputs:
        if len(data) > SMALL:
            break
        with measured.collect():
            attempt(name, data)
        found = measured.get_data()
        lines = sum(len(found.lines(file) or ()) for file in found.measured_files())
        if lines > reached:
            reached = lines
            (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)
    sys.stdout.write(f"{name}: {len(list(folder.glob('*')))} of {len(inputs)} kept\n")


def main() -> None:
    """Fuzz the target that is named, choose what is kept of it, or name all targets."""
    if sys.argv[1] == "--targets":
        from tests.fuzz.targets import TARGETS

        sys.stdout.write("\n".join(sorted(TARGETS)) + "\n")
        return
    signal.signal(signal.SIGPROF, ring)
    if sys.argv[1] == "--keep":
        keep(sys.argv[2])
        return
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    (guided if importlib.util.find_spec("atheris") else blind)(sys.argv[1], seconds)


if __name__ == "__main__":
    main()
