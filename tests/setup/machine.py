"""A machine of which a test says what is on it: real scripts of .ci/, and made-up programs beside them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Machine:
    """A folder with `script` and the `others` that it calls; `tools` are the real programs on its path."""

    def __init__(self, folder: Path, script: str, tools: Iterable[str], others: Iterable[str] = ()) -> None:
        self.folder, self.fakes, self.log = folder, folder / "fakes", folder / "log"
        self.script = folder / ".ci" / script
        for made in (self.fakes, self.script.parent):
            made.mkdir()
        for name in (script, *others):
            shutil.copy(ROOT / ".ci" / name, self.script.parent)
        for tool in tools:
            (self.fakes / tool).symlink_to(shutil.which(tool))

    def put(self, **programs: str) -> None:
        """Made-up programs by name, `-` written as `_`. They find $LOG, $FAKES and what `run` is given."""
        for name, text in programs.items():
            program = self.fakes / name.replace("_", "-")
            program.write_text(text, encoding="utf-8")
            program.chmod(0o755)

    def run(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess:
        environ = {"PATH": str(self.fakes), "LOG": str(self.log), "FAKES": str(self.fakes), **environ}
        return subprocess.run([self.script, *arguments], env=environ, capture_output=True, text=True)

    @property
    def asked(self) -> str:
        """What the fakes wrote in their log."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""
