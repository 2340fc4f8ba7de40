"""From what a person writes to facts: pure, deterministic, English and French."""
