"""What the application server loads: the site, behind the cache of whole pages, behind the gate."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliances.config.settings")

site = get_wsgi_application()
# They know the models, which are there only now.
from alliances.cache import ResponseCache  # noqa: E402
from alliances.gate import Gate  # noqa: E402

megabytes = settings.RESPONSE_CACHE_MB
application = Gate(ResponseCache(site, megabytes * 2**20) if megabytes else site)
