import asyncio
from time import monotonic

from checks.nap import Nap


async def test_a_nap_that_is_woken_is_short():
    nap, began = Nap(), monotonic()
    asyncio.get_running_loop().call_soon(nap.wake)
    await nap.take(30)
    assert monotonic() - began < 5


async def test_a_nap_ends_by_itself():
    began = monotonic()
    await Nap().take(0.01)
    assert monotonic() - began >= 0.009


async def test_waking_nobody_shortens_no_later_nap():
    nap, began = Nap(), monotonic()
    nap.wake()
    await nap.take(0.01)
    assert monotonic() - began >= 0.009
