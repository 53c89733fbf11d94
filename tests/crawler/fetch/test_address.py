"""docs/security.md, rows 19 and 20: an explicit list decides which addresses are public."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.address import objection

NEVER = [
    *("0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.0.1", "192.0.0.1", "192.0.2.1"),
    *("192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1"),
    *("64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1", "2001:10::1"),
    *("2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1"),
    *("5f00::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1", "4000::1"),
]
PRIVATE = [
    *("10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1"),
    *("127.255.255.254", "172.16.0.1", "172.31.255.255", "192.168.0.1", "::1", "fc00::1"),
    "fd12:3456::1",
]
PUBLIC = [
    *("1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1"),
    *("172.15.255.255", "172.32.0.1", "192.0.1.1", "192.167.1.1", "198.17.255.255"),
    *("198.20.0.1", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001::1"),
    *("2001:200::1", "2001:4860:4860::8888", "2003::1"),
]


@pytest.mark.parametrize("address", NEVER)
def test_row_19_no_setting_opens_what_is_no_host(address: str) -> None:
    assert objection(address)
    assert objection(address, allow_private=True)


@pytest.mark.parametrize("address", PRIVATE)
def test_row_19_a_private_address_needs_the_operators_word(address: str) -> None:
    assert objection(address)
    assert objection(address, allow_private=True) is None


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is_open(address: str) -> None:
    assert objection(address) is None


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0x7f000001", "2130706433", "1.2.3"]
)
def test_what_is_no_address_in_full_is_refused(text: str) -> None:
    assert objection(text, allow_private=True)


@given(st.ip_addresses())
def test_whatever_python_calls_private_or_special_is_never_open(
    address: IPv4Address | IPv6Address,
) -> None:
    if not address.is_global or address.is_multicast:
        assert objection(str(address))
    if objection(str(address)) is None:
        assert ip_address(str(address)).is_global
