"""Tests of the room that finds the addresses of articles."""
