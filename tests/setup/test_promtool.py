"""The script that brings promtool, with a made-up apt: what it asks for, and what it says without it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASH = "#!/usr/bin/env bash\n"
APT_GET = f'{BASH}echo "$*" >> "$LOG"\n[ "$1" = download ] && touch prometheus_2_amd64.deb\n'
DPKG = f'{BASH}cd "$PACKAGE" && tar -c ./usr/bin/promtool\n'


class Machine:
    """A folder with the real script, on a machine without promtool."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.fakes, self.log = folder, folder / "fakes", folder / "log"
        self.fakes.mkdir()
        (folder / ".ci").mkdir()
        shutil.copy(ROOT / ".ci" / "promtool", folder / ".ci")
        for tool in ("bash", "dirname", "mkdir", "rm", "touch", "tar"):
            (self.fakes / tool).symlink_to(shutil.which(tool))
        self.program("apt-get", APT_GET)
        self.program("dpkg", DPKG)
        self.package = folder / "package"
        (self.package / "usr" / "bin").mkdir(parents=True)
        (self.package / "usr" / "bin" / "promtool").write_text(BASH)
        (self.package / "usr" / "bin" / "promtool").chmod(0o755)

    def program(self, name: str, text: str) -> None:
        (self.fakes / name).write_text(text, encoding="utf-8")
        (self.fakes / name).chmod(0o755)

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        environ = {"PATH": str(self.fakes), "LOG": str(self.log), "PACKAGE": str(self.package)}
        return subprocess.run(
            [self.folder / ".ci" / "promtool", *arguments], env=environ, capture_output=True, text=True
        )

    @property
    def asked(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


def test_that_one_program_is_unpacked_in_the_checkout_once(tmp_path):
    machine = Machine(tmp_path)
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / ".tools" / "prometheus").rglob("*") if path.is_file()] == [
        "promtool"
    ]
    assert machine.run().returncode == 0 and machine.asked == "download prometheus\n"


def test_one_on_the_machine_is_used(tmp_path):
    machine = Machine(tmp_path)
    machine.program("promtool", BASH)
    assert machine.run().returncode == 0 and machine.asked == ""


@pytest.mark.parametrize("fault", ["no package", "no promtool in it", "no apt"])
def test_where_it_cannot_be_had_it_says_so_and_fails_unless_it_need_not(tmp_path, fault):
    machine = Machine(tmp_path)
    if fault == "no package":
        machine.program("apt-get", f"{BASH}exit 1\n")
    elif fault == "no apt":
        (machine.fakes / "apt-get").unlink()
    else:
        (machine.package / "usr" / "bin" / "promtool").unlink()
    refused, went_on = machine.run(), machine.run("--best-effort")
    assert (refused.returncode, went_on.returncode) == (1, 0)
    for done in (refused, went_on):
        assert "alerts are not tried out" in done.stderr
