"""Parse one YAML file into what its author wrote, and refuse what YAML does behind his back.

Aliases, anchors, tags, duplicate keys, a second document and deep nesting are mistakes; every
scalar stays text. Built from libyaml's events, so nothing is resolved and nothing recurses.
"""

import re
from collections.abc import Iterator

import yaml

from config.errors import ConfigError, Mistake
from config.syntax import explain, quoted
from config.written import Document, Node, Written, WrittenList, WrittenMap

MAX_DEPTH = 20
# What libyaml takes for the end of a line.
LINE_ENDS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
# Blanks of word processors and web pages, where YAML counts plain ones before a key or an item.
ODD_INDENT = re.compile(r" *(?P<sign>[\xa0\u2000-\u200b\u202f\u3000])\s*(?:- |[\w-]+:)")
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_document(path: str, text: str) -> Document:
    """Parse a file's text; raises ConfigError with every mistake that parsing can see."""
    text = text.removeprefix("\ufeff")
    lines = tuple(LINE_ENDS.split(text))
    builder = _Builder(Document(path=path, lines=lines, root=_empty_map()))
    builder.refuse_unprintable()
    builder.refuse_odd_indents()
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        builder.mistakes.append(explain(error, path, lines))
    except yaml.YAMLError as error:
        builder.mistakes.append(Mistake(path=path, message=f"not YAML: {error}"))
    if builder.mistakes:
        raise ConfigError(builder.mistakes)
    return builder.finish()


class _Builder:
    """Turn events into a tree; one instance per file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.mistakes: list[Mistake] = []
        self.open: list[WrittenMap | WrittenList] = []
        self.keys: list[Written | None] = []  # the key that waits for its value, per open node
        self.root: Node | None = None

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self.put(self.scalar(event))
            case yaml.AliasEvent():
                self.put(self.alias(event))
            case yaml.MappingStartEvent():
                self.begin(event, WrittenMap())
            case yaml.SequenceStartEvent():
                self.begin(event, WrittenList())
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.keys.pop()
                self.open.pop()
            case _:
                pass

    def scalar(self, event: yaml.ScalarEvent) -> Written:
        written = Written(event.value)
        _place(written, event)
        end = event.end_mark
        written.end_line, written.end_column = (end.line + 1, end.column + 1) if end else (1, 1)
        written.style = event.style or ""
        self.refuse_magic(event, written)
        return written

    def alias(self, event: yaml.AliasEvent) -> Written:
        written = Written("")
        _place(written, event)
        written.end_line, written.end_column = written.line, written.column + 1
        written.style = "*"
        self.refuse_sign("*", written)
        return written

    def begin(self, event: yaml.NodeEvent, node: WrittenMap | WrittenList) -> None:
        _place(node, event)
        self.refuse_magic(event, node)
        if len(self.open) == MAX_DEPTH:
            self.refuse(node, f"nested deeper than {MAX_DEPTH} levels")
            raise ConfigError(self.mistakes)
        self.put(node)
        self.open.append(node)
        self.keys.append(None)

    def put(self, node: Node) -> None:
        if not self.open:
            self.root = node if self.root is None else self.second_document(node)
            return
        holder = self.open[-1]
        if isinstance(holder, WrittenList):
            holder.append(node)
        elif self.keys[-1] is not None:
            holder[self.keys[-1]] = node
            self.keys[-1] = None
        else:
            self.keys[-1] = self.as_key(holder, node)

    def as_key(self, holder: WrittenMap, node: Node) -> Written:
        if not isinstance(node, Written):
            self.refuse(node, "a list or a mapping cannot be a key")
            key = Written("")
            key.line, key.column = node.line, node.column
            return key
        if node in holder:
            first = next(key for key in holder if key == node)
            self.refuse(
                node,
                f"E002 the key {str(node)!r} stands here twice",
                f"the first is on line {first.line}; keep one of them",
            )
        return node

    def second_document(self, node: Node) -> Node:
        self.refuse(node, "a second document begins here; a file holds one", "remove the ---")
        return node

    def refuse(self, place: Node, message: str, hint: str = "") -> None:
        self.mistakes.append(self.document.mistake(place, message, hint))

    def refuse_magic(self, event: yaml.NodeEvent, node: Node) -> None:
        if event.anchor is not None:
            self.refuse_sign("&", node)
        if getattr(event, "tag", None) is not None:
            self.refuse_sign("!", node)

    def refuse_sign(self, sign: str, node: Node) -> None:
        """YAML gives these signs a meaning of its own that no file of ours needs."""
        message = f"E009 a value that begins with {sign} must stand in quotes"
        self.refuse(node, message, quoted(self.document.line(node.line)))

    def refuse_unprintable(self) -> None:
        for number, line in self._lines():
            found = UNPRINTABLE.search(line)
            if found:
                message = f"a control character (U+{ord(found[0]):04X}) stands here"
                self.mistakes.append(
                    Mistake(
                        path=self.document.path,
                        line=number,
                        column=found.start() + 1,
                        message=message,
                        hint="delete it; the file may be damaged or half saved",
                    )
                )
                raise ConfigError(self.mistakes)

    def refuse_odd_indents(self) -> None:
        for number, line in self._lines():
            if found := ODD_INDENT.match(line):
                self.mistakes.append(
                    Mistake(
                        path=self.document.path,
                        line=number,
                        column=found.start("sign") + 1,
                        source_line=line,
                        message="E001 a blank that is no plain space stands before the key",
                        hint="a word processor or a web page made it: type the spaces anew",
                    )
                )
        if self.mistakes:
            raise ConfigError(self.mistakes)

    def _lines(self) -> Iterator[tuple[int, str]]:
        return enumerate(self.document.lines, start=1)

    def finish(self) -> Document:
        document = self.document
        if isinstance(self.root, WrittenMap):
            return Document(path=document.path, lines=document.lines, root=self.root)
        if self.root is None or self.root == "":
            message, hint = "the file is empty", "a file with nothing to say reads: version: 1"
            raise ConfigError([Mistake(path=document.path, message=message, hint=hint)])
        message = "the file must begin with keys, such as 'version: 1'"
        raise ConfigError([document.mistake(self.root, message)])


def _place(node: Node, event: yaml.Event) -> None:
    mark = event.start_mark
    node.line, node.column = (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _empty_map() -> WrittenMap:
    root = WrittenMap()
    root.line = root.column = 1
    return root
