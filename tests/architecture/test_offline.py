"""The whole test run is cut off from the network: whatever reaches for it fails its test."""

from __future__ import annotations

import multiprocessing
import socket
import urllib.request

import pytest


def test_a_connection_is_refused_before_it_is_made():
    with socket.socket() as unused, pytest.raises(Exception, match=r"socket\.connect"):
        unused.connect(("127.0.0.1", 9))


def test_a_name_is_not_looked_up_and_a_page_not_fetched():
    with pytest.raises(Exception, match=r"socket\.getaddrinfo"):
        socket.getaddrinfo("example.org", 443)
    with pytest.raises(Exception, match=r"urllib\.Request"):
        urllib.request.urlopen("http://example.org")


def test_workers_can_still_talk_to_the_program():
    here, there = multiprocessing.Pipe()
    here.send("page 1")
    assert there.recv() == "page 1"
    here.close()
    there.close()
