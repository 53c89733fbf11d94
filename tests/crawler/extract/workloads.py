"""What a worker may be asked to compute, good and bad."""

import os
import signal

from storage.article import Article


def count_words(article: Article) -> int:
    return len(article.text.split())


def loop_for_ever(article: Article) -> None:
    while article.url:
        pass


def exhaust_memory(article: Article) -> int:
    return sum(len(bytearray(1 << 28)) for _ in [bytearray(1 << 28), article])


def die(article: Article) -> None:
    os.kill(os.getpid(), signal.SIGSEGV if article.url else signal.SIGTERM)
