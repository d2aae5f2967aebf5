"""What the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from config.start import get_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
get_ready()
