"""Reports: what an issue holds, its page, one HTML file, and the shelf they stand on."""
