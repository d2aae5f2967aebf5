"""A clinic's server: https only, every key from the environment, a clear stop when one is missing."""

import os

from config.required import required, required_list
from config.settings.base import *  # noqa: F403

DEBUG = False
DEMO = False
SECRET_KEY = required("VEIVALG_SECRET_KEY")
# Base64 of 32 bytes each; the first seals new answers, the others still open older ones.
ANSWER_KEYS = required_list("VEIVALG_ANSWER_KEYS")
ALLOWED_HOSTS = required_list("VEIVALG_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("VEIVALG_PROXIES", "1"))
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
