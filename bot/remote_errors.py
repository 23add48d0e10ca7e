"""What can be wrong with a Rasa server apart. The names go to the log; none holds what was said."""

from __future__ import annotations


class RemoteFailure(RuntimeError):
    """The Rasa server gave no answer that can be used."""


class RemoteDown(RemoteFailure):
    """It cannot be reached, or is too slow; or it was so a moment ago."""


class RemoteFailed(RemoteFailure):
    """It says that it failed."""


class RemoteStoreDown(RemoteFailed):
    """It says that it cannot reach its store of conversations."""


class RemoteRefused(RemoteFailure):
    """It does not know our token."""


class RemoteNonsense(RemoteFailure):
    """What it answers is not what our Rasa server answers: another program, or another version."""
