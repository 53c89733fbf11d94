"""Measured beside their peers, in one run."""
