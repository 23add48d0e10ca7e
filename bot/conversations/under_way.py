"""Which message is being answered, for a store that must know it again when it is sent once more."""

from __future__ import annotations

from contextvars import ContextVar

under_way: ContextVar[str | None] = ContextVar("under_way", default=None)
"""The id of the message that this task answers; None where its client gave none. It goes along to the thread
of the assistant, as every context does."""
