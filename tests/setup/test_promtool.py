"""The script that brings promtool, with a made-up apt: what it asks for, and what it says without it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.setup.machine import Machine

BASH = "#!/usr/bin/env bash\n"
APT_GET = f'{BASH}echo "$*" >> "$LOG"\n[ "$1" = download ] && touch prometheus_2_amd64.deb\n'
DPKG = f'{BASH}cd "$PACKAGE" && tar -c ./usr/bin/promtool\n'


TOOLS = ("bash", "dirname", "mkdir", "rm", "touch", "tar")


class WithoutPromtool(Machine):
    """What Debian's package holds is in `package`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "promtool", TOOLS)
        self.put(apt_get=APT_GET, dpkg=DPKG)
        self.package = folder / "package"
        self.packed = self.package / "usr" / "bin" / "promtool"
        self.packed.parent.mkdir(parents=True)
        self.packed.write_text(BASH)
        self.packed.chmod(0o755)

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        return super().run(*arguments, PACKAGE=str(self.package))


def test_that_one_program_is_unpacked_in_the_checkout_once(tmp_path):
    machine = WithoutPromtool(tmp_path)
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / ".tools" / "prometheus").rglob("*") if path.is_file()] == [
        "promtool"
    ]
    assert machine.run().returncode == 0 and machine.asked == "download prometheus\n"


def test_one_on_the_machine_is_used(tmp_path):
    machine = WithoutPromtool(tmp_path)
    machine.put(promtool=BASH)
    assert machine.run().returncode == 0 and machine.asked == ""


@pytest.mark.parametrize("fault", ["no package", "no promtool in it", "no apt"])
def test_where_it_cannot_be_had_it_says_so_and_fails_unless_it_need_not(tmp_path, fault):
    machine = WithoutPromtool(tmp_path)
    if fault == "no package":
        machine.put(apt_get=f"{BASH}exit 1\n")
    elif fault == "no apt":
        (machine.fakes / "apt-get").unlink()
    else:
        machine.packed.unlink()
    refused, went_on = machine.run(), machine.run("--best-effort")
    assert (refused.returncode, went_on.returncode) == (1, 0)
    for done in (refused, went_on):
        assert "alerts are not tried out" in done.stderr
