"""Reading traces: what each form means, and what is said of a faulty one."""

import gzip

import pytest

from bench.detect import compact, seconds
from bench.detect.model import Model, draw
from bench.detect.reading import TraceError
from bench.detect.traces import read_trace
from bench.detect.world import Kind

SPARSE = "channel,second,outcome\na,0,30\na,5,lost\na,6,lost\na,9,50\nb,19,20\n"


def steps(path):
    return list(zip(path.bounds, path.loss, (round(rtt * 1000) for rtt in path.rtt), strict=True))


def test_a_second_not_named_repeats_the_last_round_trip(written):
    world = read_trace(written(SPARSE))
    assert steps(world.paths["a"]) == [(0, 0, 30), (5, 1, 30), (7, 0, 30), (9, 0, 50)]
    assert steps(world.paths["b"]) == [(0, 0, 20)]
    assert world.span == 20


@pytest.mark.parametrize(
    "text",
    [
        "a,0,30\na,5,LOST\na,6,timeout\na,9,50ms\nb,19,20\n",
        "\ufeffOutcome;Note;Second;Channel\r\n30;;0;a\r\n-1;;5;a\r\n;;6;a\r\n50;;9.4;a\r\n20;;19;b\r\n",
        '# note\n\nb\t19\t20\n"a"\t9\t50\na\t6\t*\na\t5\tx\na\t0\t99\na\t0\t30\n',
        "a,1700000000,30\na,1700000005,lost\na,1700000006,lost\na,1700000009,50\nb,1700000019,20\n",
    ],
    ids=["no header", "columns in any order", "tabs in any order of rows", "Unix time"],
)
def test_other_ways_to_write_the_same_are_the_same(written, text):
    plain = read_trace(written(SPARSE))
    world = read_trace(written(text))
    assert {name: steps(path) for name, path in world.paths.items()} == {
        name: steps(path) for name, path in plain.paths.items()
    }
    assert world.span == plain.span


def test_a_gz_file_is_read_whatever_its_name(tmp_path):
    path = tmp_path / "trace.csv"
    path.write_bytes(gzip.compress(SPARSE.encode()))
    assert set(read_trace(path).paths) == {"a", "b"}


def test_a_long_complete_silence_is_an_outage(written):
    rows = [f"a,{second},lost" for second in [*range(100, 110), *range(200, 209), *range(300, 400)]]
    path = written("\n".join(["a,0,30", *rows, "a,999,30"]))
    assert read_trace(path).truth == {"a": [(100, 110), (300, 400)]}
    assert read_trace(path, silence=9).truth["a"] == [(100, 110), (200, 209), (300, 400)]


def test_a_silence_of_every_anchor_is_ours_and_nobodys_outage(written):
    rows = [f"{name},{second},lost" for name in ("a", "b", "anchor") for second in range(100, 130)]
    rows += [f"b,{second},lost" for second in range(130, 160)]
    world = read_trace(written("\n".join(["anchor,0,5", *rows, "a,999,30"])))
    assert world.unseen == ((100, 130),)
    assert world.truth == {"a": [], "b": [(100, 160)]}
    assert set(world.anchors) == {"anchor"}


def test_the_truth_comes_from_its_file(written, tmp_path):
    truth = tmp_path / "truth.csv"
    truth.write_text("a,1700000003,4\nz,0,5\n")
    trace = written("a,1700000000,30\na,1700000020,30\n")
    assert read_trace(trace, truth).truth == {"a": [(3, 7)]}
    truth.write_text("channel,kind,start,length\na,burst,1700000000,9\na,outage,1700000003,4\n")
    assert read_trace(trace, truth).truth == {"a": [(3, 7)]}


def test_a_compact_trace_has_defaults_and_its_own_truth(written):
    world = read_trace(written("a,outage,100,50\na,burst,300,10\na,blip,400,2\nb,congestion,0,60,0.2\n"))
    assert steps(world.paths["a"]) == [
        (0, 0.001, 40),
        (100, 1, 40),
        (150, pytest.approx(0.001), 40),
        (300, pytest.approx(0.45, abs=0.001), 40),
        (310, pytest.approx(0.001), 40),
        (400, 1, 40),
        (402, pytest.approx(0.001), 40),
    ]
    assert world.paths["b"].rtt[0] == pytest.approx(0.14)
    assert world.truth == {"a": [(100, 150)], "b": []}
    assert world.span == 462


def test_an_uplinks_outage_is_that_of_all_behind_it_and_our_own_is_nobodys(written):
    text = "channel,kind,start,length,behind\na,line,0,0,up\nup,uplink,100,50,\n*,uplink,300,60,\n"
    world = read_trace(written(text))
    assert world.truth == {"a": [(100, 150)], "up": [(100, 150)]}
    assert world.alone["a"] == []
    assert world.unseen == ((300, 360),)
    assert all((300, 1, 40) in steps(world.paths[name]) for name in ("a", "up"))


def test_a_trace_written_second_by_second_has_the_same_outages(written):
    drawn = draw(Model(own=3, outages=200), 3, 0.5, 0, "seed").world()
    world = read_trace(written("\n".join(seconds.write(drawn, "seed"))))
    assert set(world.anchors) == set(drawn.anchors)
    for name, truth in drawn.truth.items():
        seen = [outage for outage in truth if outage[1] - outage[0] > 12]
        assert len(world.truth[name]) >= len(seen) > 0
        for start, end in seen:
            assert any(abs(begun - start) <= 10 and over >= end - 1 for begun, over in world.truth[name])


def test_a_compact_trace_that_was_written_is_the_same_world(written):
    script = draw(Model(children=2, own=3, evening_loss=0.2, evening_delay=100), 6, 2, 0.5, "seed")
    world, drawn = read_trace(written("\n".join(compact.write(script)))), script.world()
    assert (world.truth, world.alone, world.unseen) == (drawn.truth, drawn.alone, drawn.unseen)
    assert (world.span, world.warmup, world.behind) == (drawn.span, drawn.warmup, drawn.behind)
    assert {name: steps(path) for name, path in world.paths.items()} == {
        name: steps(path) for name, path in drawn.paths.items()
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no rows"),
        ("channel,second,outcome\n", "a header and no rows"),
        ("a,0,30\na,x,30\n", ":2: second is 'x'; expected a number"),
        ("a,0,30\na,1,soon\n", ":2: outcome is 'soon'; expected a number"),
        ("a,0,30\n,1,30\n", ":2: no channel"),
        ("a,-5,30\n", ":1: second is '-5'"),
        ("a,1e999,30\n", ":1: second is '1e999'"),
        ("a,0,30\na,50000000,30\n", "spans 578.7 days; expected up to 400"),
        ("anchor,0,30\n", "names no channel but anchors"),
        ("a,0," + "x" * 5000, ":1: longer than 4096 characters"),
        ("channel,kind,start,length\na,outtage,0,5\n", ":2: kind is 'outtage'; expected one of outage,"),
        ("a,burst,0,5,45\n", ":1: loss is 45; expected a share"),
        ("a,outage,0,-5\n", ":1: length is '-5'"),
        ("channel,kind,start,length,behind\na,outage,0,5,b\n", "a is behind b, which has no row"),
        ("*,uplink,0,5\n", "names no channel but *"),
    ],
)
def test_a_faulty_trace_is_one_line_that_says_where(written, text, said):
    with pytest.raises(TraceError, match=r"trace\.csv") as raised:
        read_trace(written(text))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_or_no_text_is_said_so(tmp_path, written):
    with pytest.raises(TraceError, match=r"none\.csv: No such file"):
        read_trace(tmp_path / "none.csv")
    path = written("a,0,30\n")
    path.write_bytes(b"a,0,30\na,1,\xff\xfe\n")
    with pytest.raises(TraceError, match="not UTF-8"):
        read_trace(path)
    path.write_bytes(gzip.compress(b"a,0,30\n" * 99)[:20])
    with pytest.raises(TraceError):
        read_trace(path)


def test_every_kind_that_is_written_of_is_read(written):
    text = "a,outage,0,5\n" + "".join(
        f"{'*' if kind in ('span', 'warmup') else 'a'},{kind},9,5\n" for kind in Kind
    )
    assert read_trace(written(text)).truth["a"] == [(0, 5), (9, 14)]
