"""What a referral can be, and what may follow what."""

from __future__ import annotations

RECEIVED = "ontvangen"
DELIVERED = "bezorgd"
PICKED_UP = "opgepakt"
DONE = "afgerond"
WITHDRAWN = "ingetrokken"

NEXT = {
    RECEIVED: (DELIVERED, WITHDRAWN),
    DELIVERED: (PICKED_UP, WITHDRAWN),
    PICKED_UP: (DONE, WITHDRAWN),
    DONE: (),
    WITHDRAWN: (),
}
"""Every status with those that may follow it.

`bezorgd`: the receiver fetched the referral. `opgepakt`, `afgerond`: the receiver says so. `ingetrokken`:
the person stopped, by code or through the practice.
"""

STATUSES = tuple(NEXT)
SET_BY_RECEIVER = (PICKED_UP, DONE)


def may_follow(status: str, after: str) -> bool:
    """Whether a referral that is `after` may become `status`; a status never follows itself."""
    return status in NEXT[after]
