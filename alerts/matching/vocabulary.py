"""Number every distinct word that the rules ask for, and know which of them a token is.

An atom is one asked-for word: exact ("iran"), the beginning of one ("azerbaijan*") or one with
open letters ("wom?n"). Exact words are found by one set operation. The tokens of the press
repeat, so which beginnings a token has is remembered.
"""

import re
from collections.abc import Callable, Collection, Iterable

HEAD = 3  # letters
REMEMBERED = 400_000  # tokens; about 60 MB, then it is forgotten and learnt anew


class _Known(dict[str, tuple[int, ...]]):
    """Remember what each token is; asked from C, a known token costs next to nothing."""

    __slots__ = ("learn",)

    def __init__(self, learn: Callable[[str], tuple[int, ...]]) -> None:
        self.learn = learn

    def __missing__(self, token: str) -> tuple[int, ...]:
        if len(self) >= REMEMBERED:
            self.clear()
        self[token] = found = self.learn(token)
        return found


class Vocabulary:
    """The atoms of one set of rules."""

    __slots__ = ("_heads", "_known", "_lengths", "_prefixes", "_shapes", "_words", "names")

    def __init__(self) -> None:
        self.names: list[str] = []  # atom → as asked for, folded
        self._words: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._shapes: dict[str, tuple[int, re.Pattern[str]]] = {}
        self._lengths: list[int] = []  # of the prefixes
        self._heads: set[str] = set()  # their first letters
        self._known = _Known(self._learn)

    def atom(self, token: str) -> int:
        """Return the number of an asked-for word; call it only while compiling."""
        if token.endswith("*"):
            return self._add_prefix(token)
        if "?" in token:
            return self._add_shape(token)
        if token not in self._words:
            self._words[token] = self._name(token)
        return self._words[token]

    def present(self, tokens: frozenset[str]) -> set[int]:
        """Return the atoms that occur among the tokens."""
        found = set(map(self._words.__getitem__, self._words.keys() & tokens))
        found.update(*map(self._known.__getitem__, self._open(tokens)))
        return found

    def _open(self, tokens: frozenset[str]) -> Collection[str]:
        """Return the tokens that may be an atom with open letters."""
        if self._shapes:
            return tokens
        # A * has three letters before it, but for Korean and for "п'ят*": few tokens begin so.
        heads = self._heads
        if not heads:
            return ()
        found = [token for token in tokens if token[:HEAD] in heads]
        for shorter in self._lengths:
            if shorter >= HEAD:
                break
            found += [token for token in tokens if token[:shorter] in heads]
        return found

    def tokens_of(self, atom: int, tokens: Iterable[str]) -> list[str]:
        """Return those of the tokens that are the atom, which must be among them."""
        name = self.names[atom]
        if self._words.get(name) == atom:
            return [name]
        if name.endswith("*"):
            stem = name.rstrip("*")
            return [token for token in tokens if token.startswith(stem)]
        shape = self._shapes[name][1]
        return [token for token in tokens if shape.fullmatch(token)]

    def _name(self, token: str) -> int:
        self._known.clear()
        self.names.append(token)
        return len(self.names) - 1

    def _add_prefix(self, token: str) -> int:
        stem = token.rstrip("*")
        if stem not in self._prefixes:
            self._prefixes[stem] = self._name(token)
            self._heads.add(stem[:HEAD])
            if len(stem) not in self._lengths:
                self._lengths = sorted([*self._lengths, len(stem)])
        return self._prefixes[stem]

    def _add_shape(self, token: str) -> int:
        if token not in self._shapes:
            shape = re.compile(re.escape(token).replace(r"\?", "."))
            self._shapes[token] = self._name(token), shape
        return self._shapes[token][0]

    def _learn(self, token: str) -> tuple[int, ...]:
        atoms: list[int] = []
        for length in self._lengths:
            if length > len(token):
                break
            if (atom := self._prefixes.get(token[:length])) is not None:
                atoms.append(atom)
        atoms += [atom for atom, shape in self._shapes.values() if shape.fullmatch(token)]
        return tuple(atoms)
