"""What a provider could send that must not sign anybody in: the real one (tests/oidc) would never."""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, OKPKey, RSAKey
from sociale_kaart.sentences import Sentences

from api.access.oidc import Begun, Provider, SignInFailed
from api.access.oidc_faults import REASONS, TEXTS, text_of
from api.access.oidc_memory import KEPT, SignInMemory
from api.storage.seal import Seal, new_key
from tests.access.clock import Clock
from tests.own_settings import own_settings

ISSUER, CLIENT = "https://inloggen.example", "balie"
BACK = "https://hulp.example/balie/inloggen/terug"
KEY = RSAKey.generate_key(2048, {"kid": "een", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "een", "use": "sig"})
ED_KEY = OKPKey.generate_key("Ed25519", {"kid": "twee", "use": "sig"})
DOORS = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


class FakeProvider:
    """Answers as a provider would; change `doors`, `claims`, `sign` and `statuses` to make it lie or fail."""

    def __init__(self) -> None:
        self.doors: dict = dict(DOORS)
        self.claims: dict = {}
        self.keys: dict = KeySet([KEY, ED_KEY]).as_dict()
        self.sign: Callable[[dict], str] = lambda claims: jwt.encode(
            {"alg": "RS256", "kid": "een"}, claims, KEY
        )
        self.statuses: dict[str, int] = {}
        self.asked: list[httpx.Request] = []
        self.break_with: Exception | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.break_with:
            raise self.break_with
        found = {
            "/.well-known/openid-configuration": lambda: self.doors,
            "/keys": lambda: self.keys,
            "/token": lambda: {
                "access_token": "x",
                "token_type": "Bearer",
                "id_token": self.sign(self.claims),
            },
        }[request.url.path]
        return httpx.Response(self.statuses.get(request.url.path, 200), json=found())


@pytest.fixture
def fake() -> FakeProvider:
    return FakeProvider()


def provider(fake: FakeProvider, **environ: str) -> Provider:
    environ = {"OIDC_CLIENT_SECRET": "geheim", **environ}
    settings = own_settings(OIDC_UITGEVER=ISSUER, OIDC_CLIENT_ID=CLIENT, **environ)
    return Provider(settings, httpx.MockTransport(fake))


def begin(fake: FakeProvider, **environ: str) -> Begun:
    """A sign-in that began; the provider will answer it rightly unless it is changed."""
    address, begun = asyncio.run(provider(fake, **environ).begin(BACK))
    now = int(time.time())
    fake.claims = {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": "u1",
        "iat": now,
        "exp": now + 300,
        "nonce": parse_qs(urlsplit(address).query)["nonce"][0],
        "praktijk": "Praktijk De Linde",
    }
    return begun


def finish(fake: FakeProvider, begun: Begun, **environ: str) -> str:
    answer = {"state": begun.state, "code": "abc"}
    return asyncio.run(provider(fake, **environ).finish(begun, answer))


def reason(fake: FakeProvider, begun: Begun, **answer: str) -> str:
    """Why the provider's answer is refused."""
    with pytest.raises(SignInFailed) as failed:
        asyncio.run(provider(fake).finish(begun, {"state": begun.state, "code": "abc", **answer}))
    return failed.value.reason


def test_a_right_answer_says_the_practice(fake):
    assert finish(fake, begin(fake)) == "Praktijk De Linde"


def test_the_claim_is_of_the_setting(fake):
    begun = begin(fake, OIDC_PRAKTIJK_CLAIM="agb")
    fake.claims["agb"] = "pra-0f1e2d3c4b5a"
    assert finish(fake, begun, OIDC_PRAKTIJK_CLAIM="agb") == "pra-0f1e2d3c4b5a"


def test_an_edwards_curve_is_as_good(fake):
    begun = begin(fake)
    fake.sign = lambda claims: jwt.encode({"alg": "Ed25519", "kid": "twee"}, claims, ED_KEY, ["Ed25519"])
    assert finish(fake, begun) == "Praktijk De Linde"


NOW = int(time.time())


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "iemand-anders"},
        {"aud": ["iemand-anders"]},
        {"aud": [CLIENT, "iemand-anders"]},
        {"aud": [CLIENT, "iemand-anders"], "azp": "iemand-anders"},
        {"aud": None},
        {"iss": "https://kwaad.example"},
        {"iss": None},
        {"nonce": "anders"},
        {"nonce": None},
        {"nonce": ""},
        {"exp": NOW - 3600},
        {"exp": None},
        {"exp": "morgen"},
        {"iat": NOW + 3600},
        {"nbf": NOW + 3600},
        {"sub": None},
    ],
    ids="-".join,
)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(fake, lie):
    begun = begin(fake)
    fake.claims = {name: value for name, value in {**fake.claims, **lie}.items() if value is not None}
    assert reason(fake, begun) == "ongeldig"


def _unsigned(claims: dict) -> str:
    return jwt.encode({"alg": "none"}, claims, OctKey.generate_key(), ["none"])


def _signed_with_the_public_key(claims: dict) -> str:
    """The old trick, which joserfc will not play itself: the provider's public key as a shared secret."""
    parts = [urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "HS256"}, claims)]
    signature = hmac.digest(KEY.as_pem(private=False), b".".join(parts), "sha256")
    return b".".join([*parts, urlsafe_b64encode(signature).rstrip(b"=")]).decode()


@pytest.mark.parametrize(
    "sign",
    [
        _unsigned,
        _signed_with_the_public_key,
        lambda claims: jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("geheim" * 6)),
        lambda claims: jwt.encode({"alg": "RS256", "kid": "een"}, claims, OTHER_KEY),
        lambda claims: jwt.encode({"alg": "RS256", "kid": "onbekend"}, claims, KEY),
        lambda claims: jwt.encode({"alg": "RS256", "kid": "een"}, claims, KEY)[:-4],
        lambda claims: "geen.id.token",
        lambda claims: "",
        lambda claims: None,
    ],
    ids=[
        "none",
        "public key as secret",
        "client secret",
        "another key",
        "unknown key",
        "cut",
        "x",
        "",
        "null",
    ],
)
def test_an_id_token_that_the_provider_did_not_sign_is_refused(fake, sign):
    begun = begin(fake)
    fake.sign = sign
    assert reason(fake, begun) == "ongeldig"


@pytest.mark.parametrize("practice", [None, "", "  ", 7, ["Praktijk De Linde"], {"naam": "x"}])
def test_an_id_token_without_a_practice_is_of_nobody(fake, practice):
    begun = begin(fake)
    fake.claims["praktijk"] = practice
    assert reason(fake, begun) == "onbekend"


@pytest.mark.parametrize("state", ["", "anders", "é\ud800"])
def test_a_wrong_state_asks_the_provider_nothing(fake, state):
    begun = begin(fake)
    fake.asked.clear()
    assert reason(fake, begun, state=state) == "verlopen"
    assert fake.asked == []


def test_no_is_an_answer(fake):
    assert reason(fake, begin(fake), error="access_denied") == "geweigerd"


@pytest.mark.parametrize(
    ("path", "status", "why"),
    [
        ("/token", 400, "ongeldig"),
        ("/token", 500, "onbereikbaar"),
        ("/keys", 404, "onbereikbaar"),
        ("/.well-known/openid-configuration", 503, "onbereikbaar"),
    ],
)
def test_a_provider_that_refuses_or_fails(fake, path, status, why):
    begun = begin(fake)
    fake.statuses[path] = status
    assert reason(fake, begun) == why


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x")]
)
def test_a_provider_that_does_not_answer(fake, error):
    begun = begin(fake)
    fake.break_with = error
    assert reason(fake, begun) == "onbereikbaar"
    with pytest.raises(SignInFailed, match="onbereikbaar"):
        asyncio.run(provider(fake).begin(BACK))


@pytest.mark.parametrize(
    "lie",
    [
        {"issuer": "https://kwaad.example"},
        {"issuer": None},
        {"token_endpoint": "http://inloggen.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_provider_that_is_another_or_unsafe_is_not_asked_further(fake, lie):
    begun = begin(fake)
    fake.doors.update(lie)
    assert reason(fake, begun) == "onbereikbaar"
    assert {request.url.path for request in fake.asked} == {"/.well-known/openid-configuration"}


def test_an_issuer_with_a_slash_at_the_end_is_the_same(fake):
    begun = begin(fake)
    fake.doors["issuer"] = fake.claims["iss"] = f"{ISSUER}/"
    assert finish(fake, begun) == "Praktijk De Linde"


@pytest.mark.parametrize(
    ("secret", "taken", "header", "in_body"),
    [
        ("geheim", None, True, False),
        ("geheim", ["client_secret_post", "client_secret_basic"], True, False),
        ("geheim", ["client_secret_post"], False, True),
        ("", None, False, False),
    ],
)
def test_we_say_who_we_are_as_the_provider_takes_it(fake, secret, taken, header, in_body):
    fake.doors["token_endpoint_auth_methods_supported"] = taken
    begun = begin(fake, OIDC_CLIENT_SECRET=secret)
    finish(fake, begun, OIDC_CLIENT_SECRET=secret)
    [asked] = [request for request in fake.asked if request.url.path == "/token"]
    sent = parse_qs(asked.content.decode())
    assert ("authorization" in asked.headers, "client_secret" in sent) == (header, in_body)
    assert sent["code_verifier"] == [begun.verifier] and sent["redirect_uri"] == [BACK]


BEGUN = Begun("toestand", "eenmalig", "bewijs", BACK)


@pytest.mark.parametrize("keys", [(), (new_key(),)], ids=["no key", "a key"])
def test_what_the_browser_keeps_cannot_be_read_and_lasts_ten_minutes(keys):
    clock = Clock()
    memory = SignInMemory(Seal(keys), clock)
    kept = memory.close(BEGUN)
    assert not any(part in kept for part in ("toestand", "eenmalig", "bewijs"))
    assert memory.open(kept) == BEGUN
    clock.pass_by(seconds=KEPT.total_seconds() - 1)
    assert memory.open(kept) == BEGUN
    clock.pass_by(seconds=1)
    assert memory.open(kept) is None


def test_what_the_browser_made_up_is_nothing():
    seal = Seal([new_key()])
    memory = SignInMemory(seal)
    for wrong in (None, "", "x", "é", memory.close(BEGUN)[:-1], SignInMemory(Seal([new_key()])).close(BEGUN)):
        assert memory.open(wrong) is None
    assert memory.open(seal.close({"naam": "iets anders dat verzegeld is"}).decode()) is None
    assert memory.open(seal.close("iets anders").decode()) is None


def test_another_server_with_the_same_keys_can_finish():
    seal = Seal([new_key()])
    assert SignInMemory(seal).open(SignInMemory(seal).close(BEGUN)) == BEGUN


def test_every_reason_has_a_text_and_nothing_else_has():
    assert set(Sentences.load(TEXTS).all()) == {f"fouten.{reason}" for reason in REASONS}
    assert all(text_of(reason) for reason in REASONS)
    assert text_of("<script>") is text_of("fouten") is None


@pytest.mark.parametrize("code", ["", "é\x00☃", "a&grant_type=password", "x" * 5000])
def test_a_code_is_only_ever_a_code(fake, code):
    begun = begin(fake)
    fake.statuses["/token"] = 400
    assert reason(fake, begun, code=code) == "ongeldig"
    sent = parse_qs(fake.asked[-1].content.decode(), keep_blank_values=True)
    assert sent["grant_type"] == ["authorization_code"] and sent.get("code", [""]) == [code]
