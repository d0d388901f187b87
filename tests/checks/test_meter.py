import pytest

from checks.meter import Meter, validate_meter


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("snmp://10.1.2.1/3?credential=CORE", Meter(7, "10.1.2.1", 161, "3", "CORE")),
        ("snmp://10.1.2.1:1161/Gi0%2F1?credential=core", Meter(7, "10.1.2.1", 1161, "Gi0/1", "CORE")),
        ("snmp://core.example/Gi0/1.20?credential=C_1", Meter(7, "core.example", 161, "Gi0/1.20", "C_1")),
        ("snmp://h/eth%200?credential=C&end=centre", Meter(7, "h", 161, "eth 0", "C", True)),
        ("snmp://h/1?end=unit&credential=C", Meter(7, "h", 161, "1", "C")),
    ],
)
def test_a_meter_is_taken_apart(url, expected):
    assert Meter.parse(7, url) == expected
    assert validate_meter(url) is None


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("", "a blank or a letter outside ASCII"),
        ("snmp://h/cổng?credential=C", "a letter outside ASCII"),
        ("icmp://10.1.2.1", "is no meter"),
        ("snmp://public@10.1.2.1/3?credential=C", "is no meter"),
        ("snmp://[10.1.2.1/3?credential=C", "is not a URL"),
        ("snmp:///3?credential=C", "neither an IPv4 address nor a DNS name"),
        ("snmp://10.1.2/3?credential=C", "neither an IPv4 address nor a DNS name"),
        ("snmp://[::1]/3?credential=C", "neither an IPv4 address nor a DNS name"),
        ("snmp://10.1.2.1:0/3?credential=C", "a port that is no number from 1 to 65535"),
        ("snmp://10.1.2.1:x/3?credential=C", "a port that is no number from 1 to 65535"),
        ("snmp://10.1.2.1?credential=C", "names no interface"),
        ("snmp://10.1.2.1/%00?credential=C", "names no interface"),
        ("snmp://10.1.2.1/3", "names no credential"),
        ("snmp://10.1.2.1/3?credential=a-b", "names no credential"),
        ("snmp://10.1.2.1/3?community=public", "more than is known"),
        ("snmp://10.1.2.1/3?credential=C&credential=D", "more than is known"),
        ("snmp://10.1.2.1/3?credential=C&end=both", "neither unit nor centre"),
    ],
)
def test_what_is_no_meter_is_told_in_one_line(url, wrong):
    said = validate_meter(url)
    assert said is not None
    assert wrong in said
    assert "expected snmp://host/interface?credential=NAME" in said
    assert "\n" not in said
