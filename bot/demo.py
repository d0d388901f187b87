"""The demo: the bot in the box, with a page to play every part."""

import asyncio
import signal

from rich.console import Console

from bot import tour as journey
from bot.box import open_box


async def serve(console: Console, port: int) -> None:
    """Run until Ctrl-C or SIGTERM, saying where the page is."""
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    async with open_box(port=port) as box, box.app.open():
        console.print(f"Trực Mạng demo: {box.network.describe()}")
        console.print(f"Open [bold]{box.telegram.page_url}[/] and pick a person. Ctrl-C ends it.")
        await stop.wait()


async def tour(console: Console) -> None:
    """Play the main journey unattended."""
    await journey.play(console)
