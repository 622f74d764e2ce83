"""What is inside a network: its neurons, their weights, and the spaces they make."""
