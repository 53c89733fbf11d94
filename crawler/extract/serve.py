"""Extract pages for another process: `python -m crawler.extract.serve MEGABYTES`.

Requests come on standard input, answers go to what was standard output; the process ends with
its input. It limits its own memory and may be killed at any moment.
"""

import gc
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from crawler.extract import extract_article
from crawler.extract.frames import ANSWER, HEADER, pack
from storage.article import Article

READY: Final = "ready"
DONE: Final = "done"
FAILED: Final = "failed"
_NURSERY: Final = 50_000  # a page makes many short-lived nodes: collect seldom


def main() -> None:
    """Serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the daemon, which ends us
    requests = sys.stdin.buffer
    # Nothing that prints may get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_memory(int(sys.argv[1]))
    gc.freeze()
    gc.set_threshold(_NURSERY)
    _answer(answers, (READY, None))
    while header := requests.read(HEADER.size):
        meta, page = (requests.read(length) for length in HEADER.unpack(header))
        _answer(answers, _extract(meta, page))


def _limit_memory(megabytes: int) -> None:
    """Allow so much memory beyond what the interpreter and its libraries take now."""
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text(encoding="ascii").split()[0]) if statm.exists() else 0
    if pages:
        most = pages * resource.getpagesize() + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _extract(meta: bytes, page: bytes) -> tuple[str, Any]:
    url, content_type, source, compute = pickle.loads(meta)  # noqa: S301 - from the daemon itself
    try:
        article = extract_article(page, url, content_type=content_type, source=source)
        return DONE, (article, _computed(compute, article))
    except MemoryError:
        return FAILED, ("memory", "the page took more memory than it may")
    except Exception as error:  # noqa: BLE001 - whatever a page does is an answer, not an end
        return FAILED, ("error", f"{type(error).__name__}: {error}"[:500])


def _computed(compute: Callable[[Article], Any] | None, article: Article) -> Any:
    return compute(article) if compute is not None and not article.not_article else None


def _answer(answers: BinaryIO, value: tuple[str, Any]) -> None:
    data = pack(value)
    answers.write(ANSWER.pack(len(data)) + data)
    answers.flush()


if __name__ == "__main__":
    main()
