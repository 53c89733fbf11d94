"""Try one target for a while: guided by coverage where atheris is there, else by mutation.

    python -m tests.fuzz TARGET [SECONDS]

What breaks a promise, or takes more than five seconds, is kept below tests/fuzz/crashes and
fails the tests from then on.
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
SEEDS = (
    FOLDER.parent / "crawler/extract/pages",
    FOLDER.parents[1] / "config",
    FOLDER / "crashes",
)
SLOW = 5  # seconds for one input: limits.md, a worker's time
LARGEST = 20_000  # bytes


class TooSlowError(Exception):
    """One input took longer than a worker would be given."""


def seeds() -> list[bytes]:
    """Return what mutation begins with: pages, configuration, earlier crashes."""
    files = [file for folder in SEEDS for file in sorted(folder.rglob("*.*")) if file.is_file()]
    return [b"\0" + file.read_bytes()[:LARGEST] for file in files if file.suffix != ".py"]


def ring(number: int, frame: FrameType | None) -> None:
    """End an input that takes too long."""
    del number, frame
    raise TooSlowError


def attempt(name: str, data: bytes) -> None:
    """Try one input; keep it when it breaks something."""
    from tests.fuzz.targets import TARGETS

    signal.alarm(SLOW)
    try:
        TARGETS[name](data)
    except BaseException:
        folder = FOLDER / "crashes" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)
        raise
    finally:
        signal.alarm(0)


def guided(name: str, seconds: int) -> None:
    """Let coverage lead the way."""
    import atheris

    with atheris.instrument_imports(include=["crawler", "alerts", "config", "storage"]):
        import tests.fuzz.targets  # noqa: F401 - instrumented here, used by attempt

    corpus = FOLDER.parents[1] / ".cache" / "fuzz" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    arguments = [sys.argv[0], f"-max_total_time={seconds}", f"-max_len={LARGEST}", str(corpus)]
    atheris.Setup(arguments, lambda data: attempt(name, data))
    atheris.Fuzz()


def blind(name: str, seconds: int) -> None:
    """Mutate without a guide."""
    dice = random.Random(name)
    pool = seeds()
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


def main() -> None:
    """Fuzz the target that is named."""
    name = sys.argv[1]
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    signal.signal(signal.SIGALRM, ring)
    (guided if importlib.util.find_spec("atheris") else blind)(name, seconds)


if __name__ == "__main__":
    main()
