"""The Explain view: one update of the network, step by step."""
