"""The framed parts of the Train view."""
