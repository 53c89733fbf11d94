"""Channels, against receivers that misbehave."""
