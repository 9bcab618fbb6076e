"""Stores made by hand for the tests: as the program would leave them, until a test breaks them."""

from __future__ import annotations

import hashlib
import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from store import Owner, manifest_path

OWNER = Owner("demo", "home")
SEGMENT = Owner("demo", "home", "vip")
RUN = "20260108T031500Z-1f0c9a2e"


class MadeStore(unittest.TestCase):
    """Tests of a store in a folder of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.store = Path(folder.name)

    def write(self, name: str, text: str = "") -> Path:
        """Writes a file of the store."""
        path = self.store / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def blob(self, text: str) -> Path:
        """Publishes a blob; returns where it is."""
        name = hashlib.sha256(text.encode()).hexdigest()
        self.write(f"registry/records/demo/home/cooc/{name}.json", "{}")
        return self.write(f"objectstore/demo/home/cooc/{name}.rsart", text)

    def manifest(self, text: str, owner: Owner = OWNER) -> dict[str, Any]:
        """The manifest that names the blob with that text, which is published."""
        return {
            "v": 1,
            "tenant": owner.tenant,
            "surface": owner.surface,
            "current": {"cooc": self.blob(text).as_uri()},
            "updated_at": "2026-01-08T03:15:00Z",
        }

    def make_current(self, manifest: dict[str, Any], owner: Owner = OWNER) -> Path:
        """Moves the manifest, in one step as the program does."""
        path = manifest_path(self.store, owner)
        new = self.write(f"registry/current/{owner.folders}/.tmp-1f-manifest.json", json.dumps(manifest))
        return new.replace(path)

    def entry(
        self, number: int, replaces: int | None, text: str, *, reason: str | None = None, owner: Owner = OWNER
    ) -> dict[str, Any]:
        """Writes an entry of the history; returns its manifest."""
        manifest = self.manifest(text, owner)
        members: dict[str, Any] = {"v": 1, "number": number, "run_id": f"run {number}", "manifest": manifest}
        if replaces is not None:
            members["replaces"] = replaces
        if reason is not None:
            members["reason"] = reason
        self.write(f"registry/history/{owner.folders}/{number:08}.json", json.dumps(members))
        return manifest
