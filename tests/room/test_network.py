"""Where phones find the laptop: addresses without a packet sent, a port that is free, names that are ours."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import closing

import pytest

from avis.errors import AvisError
from avis.room import network
from avis.room.network import PORT, bind, is_our_host, lan_addresses


def port_of(sockets: list[socket.socket]) -> int:
    return int(sockets[0].getsockname()[1])


def shut(sockets: list[socket.socket]) -> None:
    for one in sockets:
        one.close()


def test_addresses_are_found_without_sending_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something was sent, or asked of the network")

    for name in ("send", "sendto", "sendall", "sendmsg"):
        monkeypatch.setattr(socket.socket, name, refuse, raising=False)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getfqdn"):
        monkeypatch.setattr(socket, name, refuse)
    for address in lan_addresses():
        assert not ipaddress.ip_address(address).is_loopback


def test_a_room_without_a_way_out_and_one_without_any_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_way_out", lambda: "")
    monkeypatch.setattr(
        network, "_interfaces", lambda: [(1, "172.17.0.1"), (0, "192.168.8.1"), (0, "127.0.0.1")]
    )
    assert lan_addresses() == ["192.168.8.1", "172.17.0.1"]
    monkeypatch.setattr(network, "_interfaces", lambda: [(0, "127.0.0.1")])
    assert lan_addresses() == []


def test_the_port_that_was_asked_for_or_an_error_that_says_so() -> None:
    with closing(socket.create_server(("", 0))) as taken, pytest.raises(AvisError, match="SAL-120"):
        bind(taken.getsockname()[1])


def test_the_next_port_is_taken_where_the_usual_one_is_not_free() -> None:
    first, at = bind(None)
    second, then = bind(None)
    shut(first)
    shut(second)
    assert PORT <= at < then


def test_the_former_port_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    sockets, port = bind(0)
    former = port_of(sockets)
    shut(sockets)
    sockets, port = bind(None, former)
    shut(sockets)
    assert port == former


def test_an_address_that_was_chosen_is_the_only_one_that_is_open() -> None:
    sockets, _ = bind(0, host="127.0.0.2")
    assert {one.getsockname()[0] for one in sockets} == {"127.0.0.1", "127.0.0.2"}
    assert len({one.getsockname()[1] for one in sockets}) == 1
    shut(sockets)


@pytest.mark.parametrize(
    ("host", "local", "ours"),
    [
        ("192.168.1.5:8731", "192.168.1.5", True),
        ("192.168.1.5:8731", "::ffff:192.168.1.5", True),
        ("[fe80::1]:8731", "fe80::1%eth0", True),
        ("[::1]:8731", "::1", True),
        ("localhost:8731", "127.0.0.1", True),
        ("localhost:8731", "192.168.1.5", False),
        ("192.168.1.6:8731", "192.168.1.5", False),
        ("192.168.1.5.evil.example:8731", "192.168.1.5", False),
        ("192.168.1.5:8731@evil.example", "192.168.1.5", False),
        ("3232235781:8731", "192.168.1.5", False),
        ("192.168.1.5:8731/x", "192.168.1.5", False),
        ("192.168.1.5:x", "192.168.1.5", False),
        ("192.168.1.5", "192.168.1.5", False),
        ("[::1", "::1", False),
        ("", "192.168.1.5", False),
    ],
)
def test_only_the_address_that_was_reached_is_our_name(host: str, local: str, ours: bool) -> None:
    assert is_our_host(host, local, 8731) is ours
