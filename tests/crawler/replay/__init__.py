"""Tests of going through a past day again."""
