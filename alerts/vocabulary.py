"""Number every distinct word that the rules ask for, and know which of them a token is.

An atom is one asked-for word: exact ("iran"), the beginning of one ("azerbaijan*") or one with
open letters ("wom?n"). The tokens of the press repeat, so what a token is gets remembered.
"""

import re

REMEMBERED = 400_000  # tokens; about 60 MB, then it is forgotten and learnt anew


class Vocabulary:
    """The atoms of one set of rules."""

    __slots__ = ("_known", "_lengths", "_prefixes", "_shapes", "_words", "names")

    def __init__(self) -> None:
        self.names: list[str] = []  # atom → as asked for, folded
        self._words: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._shapes: dict[str, tuple[int, re.Pattern[str]]] = {}
        self._lengths: list[int] = []  # of the prefixes
        self._known: dict[str, tuple[int, ...]] = {}

    def atom(self, token: str) -> int:
        """Return the number of an asked-for word; call it only while compiling."""
        if token.endswith("*"):
            return self._add_prefix(token)
        if "?" in token:
            return self._add_shape(token)
        if token not in self._words:
            self._words[token] = self._name(token)
        return self._words[token]

    def find(self, postings: dict[str, list[int]]) -> dict[int, list[int]]:
        """Return each atom that occurs, with its positions in ascending order."""
        hits: dict[int, list[int]] = {}
        joined: set[int] = set()
        known = self._known
        for token, positions in postings.items():
            atoms = known.get(token)
            for atom in self._learn(token) if atoms is None else atoms:
                if atom not in hits:
                    hits[atom] = positions
                elif atom in joined:
                    hits[atom].extend(positions)
                else:  # a second token of one prefix: from here on the list is ours
                    hits[atom] = [*hits[atom], *positions]
                    joined.add(atom)
        for atom in joined:
            hits[atom].sort()
        return hits

    def _name(self, token: str) -> int:
        self._known.clear()
        self.names.append(token)
        return len(self.names) - 1

    def _add_prefix(self, token: str) -> int:
        stem = token.rstrip("*")
        if stem not in self._prefixes:
            self._prefixes[stem] = self._name(token)
            if len(stem) not in self._lengths:
                self._lengths = sorted([*self._lengths, len(stem)])
        return self._prefixes[stem]

    def _add_shape(self, token: str) -> int:
        if token not in self._shapes:
            shape = re.compile(re.escape(token).replace(r"\?", "."))
            self._shapes[token] = self._name(token), shape
        return self._shapes[token][0]

    def _learn(self, token: str) -> tuple[int, ...]:
        atoms = [self._words[token]] if token in self._words else []
        for length in self._lengths:
            if length > len(token):
                break
            if (atom := self._prefixes.get(token[:length])) is not None:
                atoms.append(atom)
        atoms += [atom for atom, shape in self._shapes.values() if shape.fullmatch(token)]
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[token] = found = tuple(atoms)
        return found
