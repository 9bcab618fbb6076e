"""Reads YAML strictly: a key that is there twice is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from example import Report


class StrictLoader(yaml.SafeLoader):
    """The safe loader, which of equal keys would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of a node."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key} is there twice", node.start_mark)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path, report: Report) -> list[Any]:
    """The documents of a file; none, and a finding, if it cannot be read."""
    try:
        return list(yaml.load_all(path.read_text(encoding="utf-8"), Loader=StrictLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        report.wrong(mark.line + 1 if mark else 1, f"no YAML: {getattr(error, 'problem', error)}")
        return []
