"""A neural-network playground in the terminal."""
