"""Somebody at the desk."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx

ADDRESS = "http://desk.test"
PASSWORD = "twelve characters"


@dataclass
class Visitor:
    """A browser at the desk."""

    client: httpx.AsyncClient

    async def come_in(self, name: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
        """Fill in the login."""
        form = {"name": name, "password": password}
        return await self.client.post("/login", data=form, headers=headers)

    async def page(self, path: str) -> httpx.Response:
        """Open a page."""
        return await self.client.get(path)

    async def send(self, path: str, on: str = "/people", **fields: str) -> httpx.Response:
        """Send a form with the token of a page."""
        found = re.search(r'name="csrf" value="([^"]+)"', (await self.page(on)).text)
        return await self.client.post(path, data={"csrf": found[1] if found else "", **fields})
