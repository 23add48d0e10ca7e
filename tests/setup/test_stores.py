"""The script that brings the stores, with a made-up apt: what it asks for, and what it says without it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APT_GET = """#!/usr/bin/env bash
echo "$*" >> "$LOG"
case "$*" in
  *--simulate*) echo "Inst redis-server (5:7.0 Debian [amd64])" ;;
  install*) printf '#!/usr/bin/env bash\\n' > "$FAKES/redis-server"; chmod +x "$FAKES/redis-server" ;;
  download*) touch redis-server.deb ;;
esac
"""
DPKG = """#!/usr/bin/env bash
mkdir -p "$3/usr/bin" && printf '#!/usr/bin/env bash\\n' > "$3/usr/bin/redis-server"
chmod +x "$3/usr/bin/redis-server"
"""


class Machine:
    """A folder with the real script, on a machine with PostgreSQL and without Redis. `user`: its number."""

    def __init__(self, folder: Path, user: int) -> None:
        self.folder, self.fakes, self.log = folder, folder / "fakes", folder / "log"
        self.fakes.mkdir()
        (folder / ".ci").mkdir()
        shutil.copy(ROOT / ".ci" / "stores", folder / ".ci")
        for tool in ("bash", "awk", "cat", "dirname", "mkdir", "rm", "touch", "chmod"):
            (self.fakes / tool).symlink_to(shutil.which(tool))
        bash = "#!/usr/bin/env bash\n"
        programs = {"initdb": bash, "apt-cache": bash, "id": f"{bash}echo {user}\n"}
        for name, text in {**programs, "apt-get": APT_GET, "dpkg": DPKG}.items():
            (self.fakes / name).write_text(text, encoding="utf-8")
            (self.fakes / name).chmod(0o755)

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        environ = {"PATH": str(self.fakes), "LOG": str(self.log), "FAKES": str(self.fakes)}
        return subprocess.run(
            [self.folder / ".ci" / "stores", *arguments], env=environ, capture_output=True, text=True
        )

    @property
    def asked(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


def test_root_installs_what_is_missing_once(tmp_path):
    machine = Machine(tmp_path, user=0)
    assert machine.run().returncode == 0
    assert machine.asked == "install -y --no-install-recommends redis-server\n"
    assert machine.run().returncode == 0 and machine.asked.count("install") == 2  # the word and its option


def test_somebody_else_unpacks_it_in_the_checkout(tmp_path):
    machine = Machine(tmp_path, user=1000)
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert "download redis-server" in machine.asked
    assert (tmp_path / ".tools" / "stores" / "usr" / "bin" / "redis-server").exists()
    before = machine.asked
    assert machine.run().returncode == 0 and machine.asked == before


@pytest.mark.parametrize("user", [0, 1000])
def test_where_it_cannot_be_had_it_says_so_and_fails_unless_it_need_not(tmp_path, user):
    machine = Machine(tmp_path, user)
    (machine.fakes / "apt-get").write_text("#!/usr/bin/env bash\nexit 1\n", encoding="utf-8")
    refused, went_on = machine.run(), machine.run("--best-effort")
    assert (refused.returncode, went_on.returncode) == (1, 0)
    for done in (refused, went_on):
        assert "several replicas and PostgreSQL are not tested" in done.stderr


def test_without_apt_it_says_what_is_missing(tmp_path):
    machine = Machine(tmp_path, user=0)
    (machine.fakes / "apt-get").unlink()
    done = machine.run()
    assert done.returncode == 1 and "is not here" in done.stderr and done.stderr.count("\n") == 1
