"""URLs taken apart, and the sentences for those that cannot be."""

import pytest

from checks.target import MAX_LENGTH, Target, validate


@pytest.mark.parametrize(
    ("url", "canonical", "host", "port", "path"),
    [
        ("icmp://10.20.0.1", "icmp://10.20.0.1", "10.20.0.1", None, ""),
        (" ICMP://Xa-01.Tinh.VN ", "icmp://xa-01.tinh.vn", "xa-01.tinh.vn", None, ""),
        ("tcp://10.20.0.1:443", "tcp://10.20.0.1:443", "10.20.0.1", 443, ""),
        ("tcp://[::1]:22", "tcp://[::1]:22", "::1", 22, ""),
        ("tls://Mail.vn:993", "tls://mail.vn:993", "mail.vn", 993, ""),
        ("dns://10.0.0.53/Tinh.VN", "dns://10.0.0.53/tinh.vn?type=A", "10.0.0.53", None, "/tinh.vn?type=A"),
        ("dns://[::1]:5353/a.vn?type=mx", "dns://[::1]:5353/a.vn?type=MX", "::1", 5353, "/a.vn?type=MX"),
        (
            "dns://ns.vn/1.0.in-addr.arpa",
            "dns://ns.vn/1.0.in-addr.arpa?type=A",
            "ns.vn",
            None,
            "/1.0.in-addr.arpa?type=A",
        ),
        ("icmp://[2001:DB8::0:1]", "icmp://[2001:db8::1]", "2001:db8::1", None, ""),
        ("icmp://[::102:304]", "icmp://[::1.2.3.4]", "::1.2.3.4", None, ""),
        ("icmp://[::ffff:10.20.0.1]", "icmp://10.20.0.1", "10.20.0.1", None, ""),
        ("http://mot-cua.vn", "http://mot-cua.vn/", "mot-cua.vn", None, "/"),
        ("https://mot-cua.vn:8443/a?b=c", "https://mot-cua.vn:8443/a?b=c", "mot-cua.vn", 8443, "/a?b=c"),
    ],
)
def test_a_good_url_is_taken_apart(url, canonical, host, port, path):
    target = Target.parse(7, url)
    assert (target.series, target.url, target.host) == (7, canonical, host)
    assert (target.port, target.path) == (port, path)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "is empty"),
        ("10.20.0.1", "known scheme"),
        ("icmp:10.20.0.1", "known scheme"),
        ("ftp://10.20.0.1", "known scheme"),
        ("icmp://", "no host"),
        ("icmp://10.20.0.256", "neither an IP address nor a DNS name"),
        ("icmp://10.20.0", "neither an IP address nor a DNS name"),
        ("icmp://010.020.000.001", "neither an IP address nor a DNS name"),
        ("icmp://-a.vn", "neither an IP address nor a DNS name"),
        ("icmp://a..vn", "neither an IP address nor a DNS name"),
        ("icmp://" + "a" * 64 + ".vn", "neither an IP address nor a DNS name"),
        ("icmp://xã.vn", "outside ASCII"),
        ("icmp://10.20.0.1 ; reboot", "has a blank"),
        ("icmp://10.20.0.1\n", None),  # the blank around it is taken off
        ("icmp://10.20.\n0.1", "has a blank"),
        ("icmp://224.0.0.1", "not the address of one host"),
        ("icmp://0.0.0.0", "not the address of one host"),
        ("icmp://255.255.255.255", "not the address of one host"),
        ("icmp://[fe80::1%25eth0]", "not the address of one host"),
        ("icmp://[10.20.0.1", "not a URL"),
        ("icmp://10.20.0.1:7", "ICMP has none"),
        ("icmp://[fe80::1]", "not the address of one host"),
        ("icmp://[ff02::1]", "not the address of one host"),
        ("icmp://10.20.0.1/x", "ICMP has none"),
        ("tcp://10.20.0.1", "has no port"),
        ("tls://10.20.0.1", "expected tls://host:port"),
        ("tls://10.20.0.1:443/x", "TLS has none"),
        ("dns://10.20.0.1", "no DNS name"),
        ("dns://10.20.0.1/", "no DNS name"),
        ("dns://10.20.0.1/a..vn", "no DNS name"),
        ("dns://10.20.0.1/" + ".".join(["a" * 63] * 4), "no DNS name"),
        ("dns://10.20.0.1/a.vn?type=ANY", "no known type"),
        ("dns://10.20.0.1/a.vn?kind=A", "no known type"),
        ("tcp://10.20.0.1:0", "1 to 65535"),
        ("tcp://10.20.0.1:65536", "1 to 65535"),
        ("tcp://10.20.0.1:ssh", "1 to 65535"),
        ("https://me:secret@10.20.0.1/", "user name or a password"),
        ("http://a.vn/" + "x" * MAX_LENGTH, "at most 512"),
    ],
)
def test_a_bad_url_is_told_in_one_sentence(url, told):
    said = validate(url)
    if told is None:
        assert said is None
    else:
        assert said is not None
        assert told in said
        assert said.endswith(".")
        assert "\n" not in said


def test_a_period_is_a_time_that_passes():
    assert Target.parse(1, "icmp://10.20.0.1", 2.0).period == 2.0
    for period in (0.0, -1.0, float("nan")):
        with pytest.raises(ValueError, match="more than 0"):
            Target.parse(1, "icmp://10.20.0.1", period)


def test_a_canonical_url_stays_as_it_is():
    target = Target.parse(1, "https://A.vn/x?y")
    assert Target.parse(1, target.url) == target
