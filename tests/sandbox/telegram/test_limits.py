import pytest

from sandbox.telegram.limits import Limits
from sandbox.telegram.refusals import Refusal

GROUP, PRIVATE = -1001, 11


@pytest.fixture
def time():
    return [1000.0]


@pytest.fixture
def limits(time):
    return Limits(minute_limit=20, second_limit=30, clock=lambda: time[0])


def test_the_21st_message_of_a_minute_waits(limits, time):
    for _ in range(20):
        limits.spend(GROUP)
        time[0] += 1
    with pytest.raises(Refusal) as refused:
        limits.spend(GROUP)
    assert refused.value.parameters == {"retry_after": 40}
    time[0] += 40
    limits.spend(GROUP)


def test_another_group_and_a_private_chat_are_not_held_up(limits):
    for _ in range(20):
        limits.spend(GROUP)
    limits.spend(GROUP - 1)
    limits.spend(PRIVATE)


def test_thirty_a_second_go_in_all(limits, time):
    for chat in range(30):
        limits.spend(PRIVATE + chat)
    with pytest.raises(Refusal):
        limits.spend(PRIVATE)
    time[0] += 1
    limits.spend(PRIVATE)


def test_an_album_counts_each_of_its_messages(limits):
    limits.spend(GROUP, 10)
    limits.spend(GROUP, 10)
    with pytest.raises(Refusal):
        limits.spend(GROUP)


async def test_edits_share_the_groups_minute(call, group):
    await call("sendMessage", chat_id=group.id, text="0")
    for number in range(1, 20):
        assert (await call("editMessageText", chat_id=group.id, message_id=2, text=str(number)))["ok"]
    answer = await call("editMessageText", chat_id=group.id, message_id=2, text="20")
    assert answer["error_code"] == 429
    assert answer["description"] == f"Too Many Requests: retry after {answer['parameters']['retry_after']}"
    assert group.messages[0].text == "19"
