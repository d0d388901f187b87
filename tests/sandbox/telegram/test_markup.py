import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.telegram.entities import Entity, render_html, trim, units
from sandbox.telegram.markup import parse_html
from sandbox.telegram.refusals import Refusal


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("sự cố", "sự cố", []),
        ("<b>Đứt</b>", "Đứt", [Entity("bold", 0, 3)]),
        ("😀<strong>x</strong>", "😀x", [Entity("bold", 2, 1)]),
        ("<i>a<u>b</u></i>", "ab", [Entity("italic", 0, 2), Entity("underline", 1, 1)]),
        (
            "<del>a</del><strike>b</strike>",
            "ab",
            [Entity("strikethrough", 0, 1), Entity("strikethrough", 1, 1)],
        ),
        (
            '<a href="https://x.vn/?a=1&amp;b=2">x</a>',
            "x",
            [Entity("text_link", 0, 1, "https://x.vn/?a=1&b=2")],
        ),
        ("<a>x</a>", "x", []),
        ("<tg-spoiler>x</tg-spoiler>", "x", [Entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [Entity("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [Entity("expandable_blockquote", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [Entity("blockquote", 0, 1)]),
        ('<pre><code class="language-sh">ls</code></pre>', "ls", [Entity("pre", 0, 2, "sh")]),
        ("<code>ls</code>", "ls", [Entity("code", 0, 2)]),
        ('<tg-emoji emoji-id="53">😀</tg-emoji>', "😀", [Entity("custom_emoji", 0, 2, "53")]),
        ("<B>x</b>", "x", [Entity("bold", 0, 1)]),
        ("<b>x</>", "x", [Entity("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("&lt;b&gt; &amp; &quot;&#272;&#x111;", '<b> & "Đđ', []),
        ("&nbsp; &copy; &", "&nbsp; &copy; &", []),
    ],
)
def test_html_becomes_plain_text_and_entities(source, text, entities):
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("á < b", 'Unsupported start tag "" at byte offset 3'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source, complaint):
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_trimming_moves_the_entities_along():
    assert trim("  x y ", [Entity("bold", 1, 5)]) == ("x y", [Entity("bold", 0, 3)])


@pytest.mark.parametrize(
    "html", ["<b>a<i>b</i></b>c", '<a href="https://x.vn">a &lt; b</a>', "<pre>x</pre>\n😀<s>y</s>"]
)
def test_html_survives_the_round_trip(html):
    assert render_html(*parse_html(html)) == html


@given(st.text(alphabet="aá😀<>&/b ;=\"'", max_size=30))
def test_any_text_is_read_or_refused(source):
    try:
        text, entities = parse_html(source)
    except Refusal:
        return
    assert all(0 <= entity.offset < entity.end <= units(text) for entity in entities)
