"""Which program calls a webhook, known by its bearer token, and never mixed up with another one.

Tokens are those of CLIENT_TOKENS (their hashes stand in the environment) and those of holders of the kind
`koppeling`, made on the command line.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from api.access.keys import digest, fits
from api.access.open_door import OpenDoor
from api.access.tokens import CLIENT, Tokens
from api.settings import Settings


@dataclass(frozen=True)
class Client:
    """A program that calls. `id` is ours, and no secret."""

    id: str

    def conversation(self, door: str, own_id: str) -> str:
        """Our id of the conversation that this client calls `own_id` at `door` (`rest` or `livechat`).

        The same `own_id` of two clients, or at two doors, gives two ids. With its colon it can never be
        the id of a conversation of the website. What the client calls it may be a telephone number, so
        only a hash of that is kept.
        """
        key = "\0".join((door, self.id, own_id)).encode("utf-8", "surrogatepass")
        return f"{door}:{hashlib.sha256(key).hexdigest()}"


NOBODY_IN_PARTICULAR = Client("open")
"""Who calls while no token is needed."""


class Clients:
    """Who may call the webhooks."""

    def __init__(self, settings: Settings, tokens: Tokens) -> None:
        self._digests = settings.client_tokens
        self._tokens = tokens
        self._door = OpenDoor(not settings.webhook_needs_token, CLIENT, tokens)

    async def need_token(self) -> bool:
        """The rule of INTERFACE.md: a token, unless the server is bound to the loopback address, no
        client token exists and `OMGEVING` is not `productie`. A client that was revoked still exists."""
        return not await self._door.is_open()

    def client_of(self, token: str) -> Client | None:
        """Whose token it is, when it works now; compared in constant time. Blocks."""
        fitting = [known for known in self._digests if fits(token, known)]
        if fitting:
            return Client(f"omgeving-{digest(token)[:16]}")
        holder = self._tokens.holder_of(token, CLIENT)
        return Client(holder.id) if holder else None
