"""Two hours of the desk by a scripted clock: 214 lines with outages, a flapping one and a storm."""

from bench.soak import growth, soak

MB = 1_000_000
SAMPLE = 25  # bytes of the file that a raw sample takes until it is forgotten, and of a minute 40


async def test_two_hours_of_the_desk_leave_nothing_behind() -> None:
    readings = await soak(hours=2, every=0.5, filled=False)
    before, after = readings[len(readings) // 2].rows, readings[-1].rows
    assert after["incidents"] > before["incidents"]
    assert growth(readings, "blocks") < 5000
    assert growth(readings, "rss") < 4 * MB
    assert growth(readings, "tasks") == growth(readings, "descriptors") == 0
    kept = SAMPLE * (after["samples"] - before["samples"]) + 40 * (after["minutes"] - before["minutes"])
    assert growth(readings, "file") < kept + 0.5 * MB
    assert after["timers"] < 20
