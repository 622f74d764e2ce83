"""What opens in front of the view: questions, choices, messages and the help."""
