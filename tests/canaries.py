"""What tests plant as if a person had typed it, and what finds it again.

A canary that turns up in a log line, a figure, an error, a file or an output that nobody meant it for says
that something a person types would turn up there, too.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

NAME = "Wilhelmina Kanariegeel"
PHONE = "06 98 71 23 45"
MAIL = "w.zangvogel@post.voorbeeld.example"
SENTENCE = "Sinds het zeepaardje weg is huil ik elke nacht om mijn zus"
TOKEN = "st_0fae1cafe234_papegaaiduikerABCDEFGHIJKLMNOPQRSTUVWXYZ012"
BSN = "123456782"

PLANTED = {
    "name": "kanariegeel",
    "phone": "98712345",
    "mail": "zangvogel",
    "sentence": "zeepaardje",
    "token": "papegaaiduiker",
    "BSN": BSN,
}
"""What marks each of them, in lower case."""

IN_OTHER_TESTS = {"sentence": "kwetsbaar", "name": "jansen", "phone": "12345678", "front-desk note": "geesje"}
"""What the fixtures of other tests plant."""

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ \-.()/]+(?=\d)")


def found_in(output: str | bytes, planted: dict[str, str] = PLANTED) -> list[str]:
    """Which kinds of canary are in `output`: in any case, percent-encoded, and with spaces between digits."""
    text = output.decode("utf-8", "replace") if isinstance(output, bytes) else output
    plain = unquote(text.replace("+", " ")).lower()
    joined = _BETWEEN_DIGITS.sub("", plain)
    return [kind for kind, mark in planted.items() if mark in plain or mark in joined]
