"""Where phones find the laptop, and who is speaking to it: addresses, ports, hosts. It sends no packet."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import struct
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets

from avis.errors import fail

PORT = 8731
NEXT = 20
"""Ports that are tried after the usual one."""
_INNER = ("docker", "br-", "veth", "virbr", "vmnet", "vbox", "tun", "tap", "wg", "tailscale", "utun", "lxc")
"""Beginnings of names of interfaces that lead to no room."""
_ASK = {"linux": 0x8915, "darwin": 0xC0206921}
"""SIOCGIFADDR: asks the kernel for the address of an interface."""

MOST_OPEN = 500
MOST_OPEN_OF_ONE = 150
"""Connections at a time, in all and of one address: thirty phones may stand behind one router."""


class Server(HTTPServer):
    """A server that nobody on the network can fill up; this computer always gets through."""

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Take a connection, or hang up at once where there are too many."""
        if self._is_full(str(address[0])):
            stream.close()
        else:
            super().handle_stream(stream, address)

    def _is_full(self, peer: str) -> bool:
        if is_loopback(peer):
            return False
        peers = [str(one.context.address[0]) for one in self._connections]  # type: ignore[attr-defined]
        return len(peers) >= MOST_OPEN or peers.count(peer) >= MOST_OPEN_OF_ONE


def lan_addresses() -> list[str]:
    """Give the addresses of this computer on its networks, the likeliest first; empty where there is none.

    The system is asked what it knows. Joining a UDP socket to an address sends nothing: it only looks up by
    which way one would go. Asking for the computer's own name might put a question to the network.
    """
    found = [_way_out(), *(address for _, address in sorted(_interfaces()))]
    return [address for address in dict.fromkeys(found) if _serves(address)]


def _way_out() -> str:
    """The address by which one would leave; a room's own Wi-Fi often leads nowhere and has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # an address for examples, which is nobody's (RFC 5737)
        except OSError:
            return ""
        return str(asked.getsockname()[0])


def _interfaces() -> list[tuple[int, str]]:
    """Addresses of all interfaces with their rank: those of virtual machines and tunnels last."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):  # no network at all
            # Windows answers this by itself.
            return [(0, name) for name in socket.gethostbyname_ex(socket.gethostname())[2]]
        return []
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # an interface without an address
                request = struct.pack("256s", name[:15].encode())
                answer = fcntl.ioctl(asked.fileno(), _ASK.get(sys.platform, _ASK["darwin"]), request)
                found.append((int(name.startswith(_INNER)), socket.inet_ntoa(answer[20:24])))
    return found


def _serves(address: str) -> bool:
    if not address:
        return False
    known = ipaddress.ip_address(address)
    return not (known.is_loopback or known.is_unspecified or known.is_multicast)


def bind(asked: int | None, former: int = 0, host: str = "") -> tuple[list[socket.socket], int]:
    """Take a port on all interfaces, or on one and this computer: the one that was asked for, else the former
    one, the usual one, the next.

    A restarted server takes its former port again, so that phones find it. Errors: SAL-120 the port that was
    asked for, or all that were tried, are taken or not allowed.
    """
    tried = [asked] if asked is not None else [former or PORT, *range(PORT, PORT + NEXT)]
    for port in tried:
        try:
            sockets = _sockets(port, host)
        except OSError:
            continue
        return sockets, int(sockets[0].getsockname()[1])
    raise fail("SAL-120", port=tried[0])


def _sockets(port: int, host: str) -> list[socket.socket]:
    if not host:
        return bind_sockets(port)
    here = bind_sockets(port, "127.0.0.1")
    try:
        return [*here, *bind_sockets(here[0].getsockname()[1], host)]
    except OSError:
        for one in here:
            one.close()
        raise


def is_loopback(address: str) -> bool:
    """Tell whether somebody speaks from this very computer.

    >>> [is_loopback(address) for address in ("127.0.0.1", "::1", "::ffff:127.0.0.1", "192.168.1.9", "")]
    [True, True, True, False, False]
    """
    plain = _plain(address)
    return bool(plain) and ipaddress.ip_address(plain).is_loopback


def _plain(address: str) -> str:
    """Write an address as it is compared: IPv4 inside IPv6 as itself, without scope; none as nothing."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    mapped = known.ipv4_mapped if isinstance(known, ipaddress.IPv6Address) else None
    return str(mapped or known)


def is_our_host(host: str, local: str, port: int, also: Iterable[str] = ()) -> bool:
    """Tell whether `Host` names this server as it was reached: the address that the connection came to.

    A page of somebody else's that had its own name point here (DNS rebinding) sends that name: it is refused,
    and so is every other name but `localhost` on this computer and those in `also`.

    >>> [is_our_host(f"{name}:8731", "192.168.1.5", 8731) for name in ("192.168.1.5", "evil.example")]
    [True, False]
    """
    try:
        parts = urlsplit(f"//{host}")
        name, given = parts.hostname or "", parts.port or 80
    except ValueError:
        return False
    if given != port or parts.path or parts.query or parts.username is not None:
        return False
    if _plain(name):
        return _plain(name) == _plain(local) or name in also
    return name in also or (name == "localhost" and is_loopback(local))


def is_our_origin(origin: str, host: str) -> bool:
    """Tell whether a page of ours is asking: its origin is the very host that it asks.

    >>> [is_our_origin(origin, "192.168.1.5:8731") for origin in ("http://192.168.1.5:8731", "null")]
    [True, False]
    """
    return origin == f"http://{host}"
