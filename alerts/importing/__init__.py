"""Queries of other products, translated with every change of meaning."""
