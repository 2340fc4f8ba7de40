"""The firm's own people: who they are, what they may do, what they did."""
