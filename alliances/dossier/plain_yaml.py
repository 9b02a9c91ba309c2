"""Reads YAML of texts, lists and mappings only: no dates, no yes/no, no aliases, no repeated key.

What is refused is refused with the record and the key in which it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

STANDARD_TAG = "tag:yaml.org,2002:"


@dataclass
class Misread(Exception):
    """What cannot be read: in which record (or line), under which key, and why."""

    record: str
    field: str
    reason: str


def read_plain(text: str) -> Any:
    """The text's lists, mappings and texts. Raises Misread."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        return None if node is None else _Texts().read(node, "", "")
    except RecursionError as error:
        raise Misread("", "", "is nested too deeply") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}" if mark else ""
        raise Misread(line, "", f"is not YAML: {error.problem}") from error
    except yaml.reader.ReaderError as error:
        lines = text.encode("utf-8", "surrogatepass")[: error.position].count(b"\n") + 1
        raise Misread(f"line {lines}", "", f"is not YAML: {error.reason}") from error
    except yaml.YAMLError as error:
        raise Misread("", "", f"is not YAML: {error}") from error


class _Texts:
    """The nodes of one file, each read once."""

    def __init__(self) -> None:
        self._read: set[int] = set()

    def read(self, node: yaml.Node, record: str, field: str) -> Any:
        """A node as text, list or mapping; `record` and `field` say where it stands."""
        record = _id_of(node) or record
        if id(node) in self._read:
            raise _misread(node, record, field, "stands elsewhere too; aliases are not allowed")
        self._read.add(id(node))
        if not node.tag.startswith(STANDARD_TAG):
            raise _misread(node, record, field, f"has a tag, {node.tag}; tags are not allowed")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, record)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(part, record, field) for part in node.value]
        style = node.style  # type: ignore[attr-defined]
        if node.value == "" or (not style and node.value in ("null", "~")):
            raise _misread(node, record, field, "has no value; leave the key out")
        return node.value

    def _mapping(self, node: yaml.MappingNode, record: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _misread(key, record, "", "has a key that is not a text")
            if key.value in found:
                raise _misread(key, record, key.value, "stands twice")
            found[key.value] = self.read(value, record, key.value)
        return found


def _id_of(node: yaml.Node) -> str:
    """The id of the record that a mapping is; nothing for anything else."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return ""


def _misread(node: yaml.Node, record: str, field: str, reason: str) -> Misread:
    return Misread(record or f"line {node.start_mark.line + 1}", field, reason)
