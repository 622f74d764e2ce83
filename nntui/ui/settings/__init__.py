"""Rows of settings: how they are laid out and drawn, and how a key press changes one."""
