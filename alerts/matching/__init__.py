"""Compiled rules, and the index that finds the few which can fire on an article."""
