"""Hold a YAML file as its author wrote it: scalars are text, every piece knows its place."""

from dataclasses import dataclass
from typing import TypeAlias

from config.errors import Mistake


class Written(str):
    """One scalar or key, letter by letter, with the place of its first sign (1-based)."""

    __slots__ = ("column", "end_column", "end_line", "line", "style")

    line: int
    column: int
    end_line: int  # the last line it stands on …
    end_column: int  # … and the place after its last sign
    style: str  # "": plain; otherwise the sign that opens it: ' " | >


class WrittenMap(dict[Written, "Node"]):
    """A mapping and the place where it begins."""

    __slots__ = ("column", "line")

    line: int
    column: int


class WrittenList(list["Node"]):
    """A sequence and the place where it begins."""

    __slots__ = ("column", "line")

    line: int
    column: int


Node: TypeAlias = Written | WrittenMap | WrittenList
Steps = tuple[str | int, ...]  # keys and indexes that lead from the root to a node


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file, parsed."""

    path: str  # as the person would name it
    lines: tuple[str, ...]
    root: WrittenMap

    def node(self, steps: Steps) -> Node:
        """Return the node that the steps lead to; one that the file lacks is passed over."""
        node: Node = self.root
        for step in steps:
            below = _below(node, step)
            node = node if below is None else below
        return node

    def holds(self, steps: Steps) -> bool:
        """Tell whether the file has a value where the steps lead."""
        node: Node | None = self.root
        for step in steps:
            node = None if node is None else _below(node, step)
        return node is not None

    def key(self, steps: Steps) -> Node:
        """Return the key that the last of the steps names, as written."""
        holder = self.node(steps[:-1])
        if isinstance(holder, WrittenMap):
            return next((key for key in holder if key == steps[-1]), holder)
        return holder

    def mistake(
        self, place: Node, message: str, hint: str = "", *, warning: bool = False
    ) -> Mistake:
        """Say what is wrong at a node, with its line and a caret."""
        return Mistake(
            path=self.path,
            line=place.line,
            column=place.column,
            source_line=self.line(place.line),
            message=message,
            hint=hint,
            warning=warning,
        )

    def line(self, number: int) -> str:
        """Return one line of the file, 1-based; beyond the end the empty string."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def _below(node: Node, step: str | int) -> Node | None:
    if isinstance(node, WrittenMap):
        return next((value for key, value in node.items() if key == step), None)
    if isinstance(node, WrittenList) and isinstance(step, int) and step < len(node):
        return node[step]
    return None
