"""Search every place where something of a conversation can remain: memory, database, files, Redis.

What to look for is a word that occurs nowhere else (`new_canary`). A search says where it was found, never
what it stood in.
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect, text

FREED_IS_OVERWRITTEN = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0",
}
"""Environment of a process in which memory that was given back is overwritten at once.

What is found in such a process is still in use. Elsewhere it may also be a remainder that nothing points to
any more and that the next use of that memory overwrites.
"""

ENCODINGS = ("utf-8", "utf-16-le", "utf-32-le")
"""How CPython and its libraries hold text: one, two or four bytes for a character."""

_AT_ONCE = 1 << 24
"""Bytes of memory that are read at a time."""


def new_canary() -> str:
    """A word of 24 letters that was never written before and that no dictionary has."""
    return "q" + "".join(secrets.choice(string.ascii_lowercase) for _ in range(23))


def forms_of(canary: str) -> list[bytes]:
    """The bytes by which `canary` can be recognised without its first letter, which may be a capital."""
    rest = canary[1:]
    return [*(rest.encode(encoding) for encoding in ENCODINGS), rest.upper().encode()]


def in_memory_of(process: int, canary: str) -> int:
    """How often `canary` stands in the memory that the process can write. Linux, own processes only."""
    forms = forms_of(canary)
    longest = max(len(form) for form in forms)
    found = 0
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:
        for start, end in _writable_regions(process):
            tail = b""
            for position in range(start, end, _AT_ONCE):
                try:
                    memory.seek(position)
                    part = memory.read(min(_AT_ONCE, end - position))
                except OSError:  # the region went away meanwhile
                    break
                whole = tail + part
                found += sum(whole.count(form) for form in forms)
                tail = part[-(longest - 1) :]
    return found


def _writable_regions(process: int) -> list[tuple[int, int]]:
    lines = Path(f"/proc/{process}/maps").read_text().splitlines()
    spans = [line.split(" ")[0].split("-") for line in lines if line.split(" ")[1].startswith("rw")]
    return [(int(start, 16), int(end, 16)) for start, end in spans]


def in_database(address: str, canaries: Iterable[str]) -> list[str]:
    """`table.column` of every value in the database at `address` in which a canary stands."""
    engine = create_engine(address)
    found = []
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():
                found += [f"{table}.{name}" for name, value in row.items() if holds(value, canaries)]
    engine.dispose()
    return found


def in_files(folders: Iterable[Path], canaries: Iterable[str], since: float = 0.0) -> list[str]:
    """The files under `folders` in which a canary stands, changed at `since` (Unix time) or later."""
    found = []
    for folder in folders:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            if path.stat().st_mtime >= since and holds(path.read_bytes(), canaries):
                found.append(str(path))
    return found


def in_redis(client: Any, canaries: Iterable[str]) -> list[str]:
    """The keys of a Redis (a client of redis-py) whose name or serialised value holds a canary."""
    found = []
    for key in client.keys("*"):
        if holds(key, canaries) or holds(client.dump(key), canaries) or holds(_value(client, key), canaries):
            found.append(repr(key))
    return found


def _value(client: Any, key: bytes) -> object:
    """The value as it can be read: DUMP compresses long strings."""
    kind = client.type(key)
    read = {
        b"string": lambda: client.get(key),
        b"hash": lambda: client.hgetall(key),
        b"list": lambda: client.lrange(key, 0, -1),
        b"set": lambda: client.smembers(key),
        b"zset": lambda: client.zrange(key, 0, -1),
        b"stream": lambda: client.xrange(key),
    }
    return repr(read[kind if isinstance(kind, bytes) else kind.encode()]())


def holds(value: object, canaries: Iterable[str]) -> bool:
    """Whether a value of a database, a file or a store has a canary in it, in any case or encoding."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        raw = bytes(value).lower()
        return any(form.lower() in raw for canary in canaries for form in forms_of(canary))
    return any(canary.lower() in str(value).lower() for canary in canaries)
