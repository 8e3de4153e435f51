"""Patience: what a test takes for the end of waiting, on a machine that has much else to do."""

PROMPT = 4.0
"""Seconds within which what was stopped has ended.

Each such test waits for something that would last far longer, so this tells a stop from a wait and
nothing else. How quick a stop is, `make bench` measures.
"""
