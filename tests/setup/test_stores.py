"""The script that brings the stores, with a made-up apt: what it asks for, and what it says without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.setup.machine import Machine

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


BASH = "#!/usr/bin/env bash\n"
TOOLS = ("bash", "awk", "cat", "dirname", "mkdir", "rm", "touch", "chmod")


def without_redis(folder: Path, user: int) -> Machine:
    """A machine with PostgreSQL and without Redis. `user`: the number of who runs the script."""
    machine = Machine(folder, "stores", TOOLS)
    machine.put(initdb=BASH, apt_cache=BASH, id=f"{BASH}echo {user}\n", apt_get=APT_GET, dpkg=DPKG)
    return machine


def test_root_installs_what_is_missing_once(tmp_path):
    machine = without_redis(tmp_path, user=0)
    assert machine.run().returncode == 0
    assert machine.asked == "install -y --no-install-recommends redis-server\n"
    assert machine.run().returncode == 0 and machine.asked.count("install") == 2  # the word and its option


def test_somebody_else_unpacks_it_in_the_checkout(tmp_path):
    machine = without_redis(tmp_path, user=1000)
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert "download redis-server" in machine.asked
    assert (tmp_path / ".tools" / "stores" / "usr" / "bin" / "redis-server").exists()
    before = machine.asked
    assert machine.run().returncode == 0 and machine.asked == before


@pytest.mark.parametrize("user", [0, 1000])
def test_where_it_cannot_be_had_it_says_so_and_fails_unless_it_need_not(tmp_path, user):
    machine = without_redis(tmp_path, user)
    machine.put(apt_get=f"{BASH}exit 1\n")
    refused, went_on = machine.run(), machine.run("--best-effort")
    assert (refused.returncode, went_on.returncode) == (1, 0)
    for done in (refused, went_on):
        assert "several replicas and PostgreSQL are not tested" in done.stderr


def test_without_apt_it_says_what_is_missing(tmp_path):
    machine = without_redis(tmp_path, user=0)
    (machine.fakes / "apt-get").unlink()
    done = machine.run()
    assert done.returncode == 1 and "is not here" in done.stderr and done.stderr.count("\n") == 1
