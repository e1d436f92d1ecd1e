"""deliverlint: checks a delivery against the buyer's rules before it is handed over."""

__version__ = "1.0.0"
