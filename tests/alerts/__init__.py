"""Tests of who must be told."""
