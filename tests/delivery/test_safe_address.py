from __future__ import annotations

import asyncio
import ssl

import httpx
import pytest

from api.delivery import safe_address
from api.delivery.safe_address import AddressNotAllowed, CheckedTransport, check_url, is_public
from tests.delivery.servers import make_certificate, receiving

NAME = "welzijn.example"

INTERNAL = (
    # fmt: off
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:20::1",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2002:a9fe:a9fe::",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "4000::1",
    # fmt: on
)
PUBLIC = (
    # fmt: off
    "9.9.9.9",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "2a00:1450::1",
    "2606:4700::1",
    "2002:909:909::",
    "64:ff9b::909:909",
    "::ffff:9.9.9.9",
    # fmt: on
)


@pytest.mark.parametrize("address", INTERNAL)
def test_internal_addresses_are_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_on_the_internet_are_not(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://welzijn.example/",
        "ftp://welzijn.example/",
        "file:///etc/passwd",
        "//welzijn.example/",
        "welzijn.example",
        "",
        "https://",
        "https://naam@welzijn.example/",
        "https://naam:geheim@welzijn.example/",
        "https://welzijn.example:22/",
        "https://welzijn.example:8000/",
        "https://welzijn.example:99999/",
        "https://welzijn.example/#deel",
        "https://welzijn.example/a b",
        "https://welzijn.example/\r\nX-Kop: 1",
        "https://wélzijn.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://welzijn.example/" + "a" * 500,
    ],
)
def test_addresses_that_no_receiver_has_are_refused(url):
    with pytest.raises(AddressNotAllowed):
        check_url(url, private_allowed=False)


@pytest.mark.parametrize(
    "url",
    [
        "https://welzijn.example",
        "https://welzijn.example:8443/haken?v=1",
        "https://9.9.9.9/",
        "https://xn--wlzijn-bva.example/",
    ],
)
def test_addresses_of_receivers_are_not(url):
    check_url(url, private_allowed=False)


def test_where_private_addresses_are_allowed_only_the_shape_counts():
    check_url("http://127.0.0.1:9000/haken", private_allowed=True)
    for url in ("http://naam:geheim@127.0.0.1/", "ftp://127.0.0.1/", "nergens"):
        with pytest.raises(AddressNotAllowed):
            check_url(url, private_allowed=True)


def post(transport: CheckedTransport, url: str) -> httpx.Response:
    async def once() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
            return await client.post(url, content=b"{}")

    return asyncio.run(once())


def leads_to(*answers: list[str]):
    """A name server that gives each answer once, and then the last one for ever."""
    queue = list(answers)

    async def resolve(name: str, port: int) -> list[str]:
        return queue.pop(0) if len(queue) > 1 else queue[0]

    return resolve


@pytest.mark.parametrize("found", [["127.0.0.1"], ["9.9.9.9", "10.0.0.1"], ["::ffff:127.0.0.1"]])
def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(found):
    transport = CheckedTransport(False, ssl.create_default_context(), leads_to(found))
    with pytest.raises(AddressNotAllowed):
        post(transport, f"https://{NAME}/")


@pytest.mark.parametrize("host", ["localhost", "localhost.", "2130706433", "0x7f.1", "127.1", "017700000001"])
def test_loopback_in_disguise_is_refused(host):
    with pytest.raises((AddressNotAllowed, httpx.ConnectError)):
        post(CheckedTransport(False, ssl.create_default_context()), f"https://{host}/")


@pytest.fixture
def tls(tmp_path):
    """A receiver over TLS with a certificate for NAME: what it heard, its port, and who trusts it."""
    certificate = make_certificate(tmp_path, NAME)
    heard = []

    def answer(path, headers, body):
        heard.append(headers)
        return 204

    trusting = ssl.create_default_context(cafile=certificate[0])
    with receiving(answer, certificate) as port:
        yield heard, port, trusting


@pytest.fixture
def loopback_is_public(monkeypatch):
    """The only way to have a public address on this machine."""
    monkeypatch.setattr(safe_address, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(safe_address, "PORTS", range(1, 65536))


def test_the_checked_address_is_used_with_the_name_and_its_certificate(tls, loopback_is_public):
    heard, port, trusting = tls
    answer = post(CheckedTransport(False, trusting, leads_to(["127.0.0.1"])), f"https://{NAME}:{port}/haken")
    assert answer.status_code == 204 and heard[0]["host"] == f"{NAME}:{port}"


def test_the_name_is_looked_up_once_so_that_it_cannot_change(tls, loopback_is_public):
    heard, port, trusting = tls
    resolve = leads_to(["127.0.0.1"], ["10.0.0.1"])
    assert post(CheckedTransport(False, trusting, resolve), f"https://{NAME}:{port}/").status_code == 204
    with pytest.raises(AddressNotAllowed):
        post(CheckedTransport(False, trusting, resolve), f"https://{NAME}:{port}/")
    assert len(heard) == 1


def test_a_certificate_of_another_name_is_no_good(tls, loopback_is_public):
    heard, port, trusting = tls
    with pytest.raises(httpx.ConnectError):
        post(CheckedTransport(False, trusting, leads_to(["127.0.0.1"])), f"https://andere.example:{port}/")
    assert heard == []


def test_a_certificate_that_nobody_knows_is_no_good(tls, loopback_is_public):
    heard, port, _ = tls
    with pytest.raises(httpx.ConnectError):
        post(
            CheckedTransport(False, safe_address.certificates(), leads_to(["127.0.0.1"])),
            f"https://{NAME}:{port}/",
        )
    assert heard == []


def test_the_next_address_is_tried_where_one_does_not_answer(tls):
    heard, port, trusting = tls
    transport = CheckedTransport(True, trusting, leads_to(["127.0.0.2", "127.0.0.1"]))
    assert post(transport, f"https://{NAME}:{port}/").status_code == 204


def test_where_private_addresses_are_allowed_plain_http_works():
    with receiving(lambda *_: 204) as port:
        transport = CheckedTransport(True, ssl.create_default_context())
        assert post(transport, f"http://localhost:{port}/").status_code == 204


def test_a_name_that_nobody_knows_is_no_connection():
    async def resolve(name: str, port: int) -> list[str]:
        raise OSError

    with pytest.raises(httpx.ConnectError):
        post(CheckedTransport(False, ssl.create_default_context(), resolve), f"https://{NAME}/")
