"""How a frame reaches the terminal: few bytes, never a queue of stale frames."""
