"""Name server: a verb's way to ask another name service than this computer's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from motion_desk.services.domain.resolver import Resolver

_DNS_PORT = 53


class NameServer(click.ParamType[Any]):
    """An IP address, with a port behind a “#” where it is not 53."""

    name = "address"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, int]:
        """The address and the port."""
        from ipaddress import ip_address

        address, _, port = str(value).partition("#")
        try:
            found = str(ip_address(address)), int(port or _DNS_PORT)
        except ValueError:
            self.fail(f"“{value}” is no IP address, such as 192.0.2.53 or ::1#5353.", param, ctx)
        return found


option = click.option(
    "--name-server",
    type=NameServer(),
    metavar="ADDRESS",
    help="Ask this name server in place of this computer's.",
)


def resolver(name_server: tuple[str, int] | None) -> Resolver:
    """The resolver that was asked for."""
    from motion_desk.services.domain.resolver import Resolver

    return Resolver(None if name_server is None else [name_server])
