"""Between the channels that visitors use and the dialogue: receiving, turns, and one renderer each."""
