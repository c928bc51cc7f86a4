"""``python -m rajnay`` is the command line."""

from rajnay.cli import main

raise SystemExit(main())
