"""The app: what is on the screen, and what the keys do. Textual is used nowhere else."""
