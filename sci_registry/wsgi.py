"""The WSGI application that a web server runs."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sci_registry.settings")

try:
    application = get_wsgi_application()
except ImproperlyConfigured as problem:
    # A wrong setting is the operator's to mend: one sentence says more than a traceback.
    sys.exit(f"The registry cannot start: {problem}")
