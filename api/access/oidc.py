"""Signing in through an OpenID Connect provider: authorization code flow with PKCE, state and nonce.

OpenID Connect Core 1.0 and RFC 9700; authlib and joserfc do the protocol and the cryptography. The provider
is asked for its addresses and keys at every sign-in: those are few, and keys change.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.client import OAuth2Client
from authlib.oauth2.rfc6749.parameters import prepare_token_request
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.settings import Settings

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
"""How an ID token may be signed: with a key of which only the provider has the private part."""

CLOCK_SECONDS = 60
"""How far the clock of the provider may be off."""

_TIMEOUT_SECONDS = 5
_DOORS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


class SignInFailed(Exception):
    """`reason` is one of `api.access.oidc_faults.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Begun:
    """What must be remembered between the two steps: nobody but the browser that began may see it."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


class Provider:
    """The provider of the settings, which must name one."""

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._issuer = settings.oidc_issuer
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret
        self._claim = settings.oidc_practice_claim
        self._transport = transport

    async def begin(self, redirect_uri: str) -> tuple[str, Begun]:
        """The address to send the browser to, and what to remember. Raises SignInFailed."""
        begun = Begun(*(secrets.token_urlsafe(32) for _ in range(3)), redirect_uri)
        async with self._http() as http:
            doors = await self._doors(http)
        client = OAuth2Client(None, self._client_id, scope="openid", code_challenge_method="S256")
        address, _ = client.create_authorization_url(
            doors["authorization_endpoint"],
            state=begun.state,
            code_verifier=begun.verifier,
            nonce=begun.nonce,
            redirect_uri=redirect_uri,
        )
        return address, begun

    async def finish(self, begun: Begun, answer: Mapping[str, str]) -> str:
        """What the provider says of the practice, from the query of the address it sent the browser to.

        Raises SignInFailed.
        """
        state = answer.get("state", "").encode("utf-8", "replace")
        if not hmac.compare_digest(state, begun.state.encode()):
            raise SignInFailed("verlopen")
        if "error" in answer:
            raise SignInFailed("geweigerd")
        async with self._http() as http:
            doors = await self._doors(http)
            if answer.get("iss", doors["issuer"]) != doors["issuer"]:  # RFC 9207
                raise SignInFailed("ongeldig")
            tokens = await self._exchange(http, doors, begun, answer.get("code", ""))
            keys = await _json(http, "GET", doors["jwks_uri"])
        claims = self._verified(tokens, keys, doors["issuer"], begun.nonce)
        practice = claims.get(self._claim)
        if not isinstance(practice, str) or not practice.strip():
            raise SignInFailed("onbekend")
        return practice.strip()

    def _http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self._transport, timeout=_TIMEOUT_SECONDS)

    async def _doors(self, http: httpx.AsyncClient) -> dict[str, str]:
        """The addresses of the provider, after OpenID Connect Discovery 1.0."""
        said = await _json(http, "GET", get_well_known_url(self._issuer, external=True))
        scheme = self._issuer.partition("://")[0]
        issuer = said.get("issuer")
        if not isinstance(issuer, str) or issuer.rstrip("/") != self._issuer:
            raise SignInFailed("onbereikbaar")
        if not all(str(said.get(door)).startswith((f"{scheme}://", "https://")) for door in _DOORS):
            raise SignInFailed("onbereikbaar")
        return said

    async def _exchange(
        self, http: httpx.AsyncClient, doors: Mapping[str, object], begun: Begun, code: str
    ) -> dict:
        """The tokens that the provider gives for `code`."""
        body = prepare_token_request(
            "authorization_code", code=code, redirect_uri=begun.redirect_uri, code_verifier=begun.verifier
        )
        auth = ClientAuth(self._client_id, self._secret, self._client_authentication(doors))
        address, headers, body = auth.prepare("POST", doors["token_endpoint"], dict(_FORM), body)
        return await _json(http, "POST", address, headers=headers, content=body)

    def _client_authentication(self, doors: Mapping[str, object]) -> str:
        """How we say who we are; RFC 8414: without a list, the header is what a provider takes."""
        if not self._secret:
            return "none"
        taken = doors.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_basic" if "client_secret_basic" in taken else "client_secret_post"

    def _verified(self, tokens: Mapping[str, object], keys: dict, issuer: str, nonce: str) -> CodeIDToken:
        """The claims of the ID token, when it is from `issuer`, for us, for this sign-in, and still valid."""
        options = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": self._client_id},
        }
        expected = {
            "nonce": nonce,
            "client_id": self._client_id,
            "access_token": tokens.get("access_token"),
        }
        try:
            token = jwt.decode(str(tokens.get("id_token")), KeySet.import_key_set(keys), ALGORITHMS)
            claims = CodeIDToken(token.claims, token.header, options, expected)
            claims.validate(leeway=CLOCK_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise SignInFailed("ongeldig") from error
        return claims


async def _json(http: httpx.AsyncClient, method: str, address: str, **request: object) -> dict:
    """The JSON object at `address`. Raises SignInFailed: a refusal (4xx) of what we sent is `ongeldig`."""
    try:
        answer = await http.request(method, address, **request)
        found = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise SignInFailed("onbereikbaar") from error
    if method == "POST" and answer.status_code in (400, 401, 403):
        raise SignInFailed("ongeldig")
    if answer.status_code != 200 or not isinstance(found, dict):
        raise SignInFailed("onbereikbaar")
    return found
