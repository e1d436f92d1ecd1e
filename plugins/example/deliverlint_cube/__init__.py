"""Colour look-up tables for deliverlint."""
