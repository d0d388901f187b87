"""Whatever is sent has a right answer or a clear refusal: one table, over real HTTP."""

import unicodedata

from tests.journeys.conftest import Scene
from tests.journeys.people import NAM

REPORTED = "SC-0001: đã ghi nhận báo cáo của đồng chí."
STATUS = "Xã Thần Xa (Huyện Võ Nhai)"
GUIDE = "Gửi /baosuco"
UNSURE = "Tôi chưa rõ ý đồng chí. Đề nghị đồng chí chọn một việc:"
HELP = "Các lệnh đồng chí được dùng"

# what is sent, and how the answer begins; None: silence
TABLE = {
    "a command with diacritics and spaces": ("/trạng thái", STATUS),
    "with capitals and underscores": ("/Trạng_Thái", STATUS),
    "in wide letters": ("／ｔｒａｎｇｔｈａｉ", STATUS),
    "with zero-width signs within": ("/trang\u200bth\u200dai", STATUS),
    "with marks that turn the line": ("\u202e/trangthai\u202c", STATUS),
    "in letters taken apart": (unicodedata.normalize("NFD", "/trạng thái"), STATUS),
    "plain words with zero-width signs": ("mạng xã e\u200bm có th\u200bông kh\u200bông ạ", STATUS),
    "plain words taken apart": (unicodedata.normalize("NFD", "mạng xã em có thông không ạ"), STATUS),
    "HTML": ("<b>mạng</b> xã em <i>có thông không</i> ạ</b>", STATUS),
    "an unclosed tag": ("<a href='x' <<< & &amp; mạng xã em có thông không ạ", STATUS),
    "a slip in a command": ("/tragthai", "Không có lệnh /tragthai. Ý đồng chí là /trangthai?"),
    "a command that is none": ("/xyzxyz <b>1</b>", "Không có lệnh /xyzxyz."),
    "4,096 letters": ("z" * 4096, GUIDE),
    "4,096 signs of mark-up": ("<" * 4096, None),
    "4,096 of one letter with marks": ("x\u0301" * 2048, UNSURE),
    "a million brackets in a line": ("((((" * 1000, None),
    "4,096 letters of words": ("mạng sao ấy anh " * 256, UNSURE),
    "emoji": ("👍🙏😀", None),
    "questions marks": ("???", GUIDE),
    "numbers": ("9" * 4000, GUIDE),
    "what is no business of ours": ("máy in hết mực rồi em", "Việc này ngoài phạm vi của tôi"),
}


async def test_whatever_is_sent_has_a_right_answer_or_a_clear_refusal(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await nam.chat.next_message()
    for name, (sent, expected) in TABLE.items():
        typed = await nam.says(sent)
        if expected is None:  # silence: the next one to be heard is of what is said next
            typed, expected = await nam.says("/trogiup"), HELP
        answer = await nam.chat.next_message(after=typed, timeout=10)
        assert answer.text.startswith(expected), name
