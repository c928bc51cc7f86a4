"""What the notebooks look at."""
