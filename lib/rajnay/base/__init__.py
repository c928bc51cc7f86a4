"""What every room stands on: where files are, what is kept on disk, how they are written whole."""
