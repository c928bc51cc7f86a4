"""What runs unattended: new articles collected, read and merged, reports built, and what came of it
told.
"""
