#!/usr/bin/env python
"""Runs the commands of the registry."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sci_registry.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        # A wrong setting is the operator's to mend: one sentence says more than a traceback.
        sys.exit(f"The registry cannot start: {problem}")


if __name__ == "__main__":
    main()
