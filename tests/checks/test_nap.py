import asyncio
from time import monotonic

from checks.nap import Nap


async def test_a_nap_that_is_woken_is_short():
    nap, began = Nap(), monotonic()
    asyncio.get_running_loop().call_soon(nap.wake)
    await nap.take(30)
    assert monotonic() - began < 5


async def test_a_nap_ends_by_itself():
    await Nap().take(0.01)


async def test_waking_nobody_is_nothing():
    nap = Nap()
    nap.wake()
    await nap.take(0.01)
    nap.wake()
