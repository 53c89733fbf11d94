"""Tests of going out, against real loopback servers that misbehave."""
