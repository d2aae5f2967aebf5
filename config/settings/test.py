"""The tests: a database in memory or at DATABASE_URL, quick password hashes, fixed keys."""

import base64

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES

DEBUG = False
DEMO = True
SECRET_KEY = "only-for-the-tests"  # noqa: S105
ANSWER_KEYS = [base64.b64encode(b"k" * 32).decode()]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
FEEDS_ALLOW_LOOPBACK = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = ":memory:"
    DATABASES["default"]["OPTIONS"] = {}
