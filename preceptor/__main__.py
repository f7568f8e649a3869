"""`python -m preceptor` is the `preceptor` command."""

import sys

from preceptor.config.cli import main

sys.exit(main())
