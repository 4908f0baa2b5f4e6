"""How e-mail addresses, telephone numbers and IP addresses are written: parts of what must never be shown."""

from __future__ import annotations

PHONE = r"(?:\+33[ .]?|0)[1-9](?:[ .-]?\d{2}){4}|\+\d[\d .-]{7,14}\d"
"""A French number, or one with the code of its country."""
EMAIL = r"[^\s@]+@[^\s@]+\.[^\s@]+"
"""To be looked for in short cells only: a long one of « a@a@… » costs its length twice."""
IPV4 = r"(?:\d{1,3}\.){3}\d{1,3}"
IPV6 = r"[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){5,7}"
"""To be matched without case."""
