"""Pictures as they are drawn, against those that were looked at."""

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib.font_manager import get_font
from matplotlib.image import imread

from incidents.figures.parts import Share
from reports.compose import everything, exceptions
from reports.drawing import FONTS, SHEET, TELEPHONE, draw
from reports.palette import PAINTS
from tests.reports.days import DAY, LINES, VOICE

GOLDEN = Path(__file__).parent / "golden"
TOLERANCE = 2.0  # of 255, on the average of all pixels: letters may be smoothed otherwise elsewhere
PICTURES = {
    "telephone": (exceptions, TELEPHONE),
    "sheet": (everything, SHEET),
}


def pixels(data):
    return imread(BytesIO(data), format="png")[:, :, :3] * 255


@pytest.mark.parametrize("name", PICTURES)
def test_it_is_drawn_as_the_one_that_was_looked_at(name):
    compose, layout = PICTURES[name]
    drawn = pixels(draw(compose(LINES, DAY, "Tỉnh Thái Nguyên", VOICE), layout))
    golden = pixels((GOLDEN / f"{name}.png").read_bytes())
    assert drawn.shape == golden.shape
    assert abs(drawn - golden).mean() < TOLERANCE


def test_another_day_is_not_taken_for_the_one_that_was_looked_at():
    quiet = pixels(draw(exceptions(LINES[-2:], DAY, None, VOICE), TELEPHONE))
    golden = pixels((GOLDEN / "telephone.png").read_bytes())
    assert quiet.shape != golden.shape


def test_the_fonts_have_every_letter_of_vietnamese():
    for file in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        known = get_font(FONTS / file).get_charmap()
        assert [letter for letter in VIETNAMESE if ord(letter) not in known] == []


def luminance(colour):
    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_colours_differ_in_lightness_too():
    told = sorted(
        luminance(PAINTS[share].fill) for share in Share if share not in (Share.LAN, Share.SWITCHED_OFF)
    )
    assert min(after - before for before, after in pairwise(told)) > 8


VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ"
    "0123456789.,:;–…%()/«»"
)
