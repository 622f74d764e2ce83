"""One update of a network, told step by step with its own numbers, from the tape that trains."""
