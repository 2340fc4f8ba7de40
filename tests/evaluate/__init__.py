"""How well unseen messages are understood: ``make evaluate`` (docs/evaluation.md)."""
