"""The demo on one machine: SQLite under var/, keys made on first use, plain http on loopback."""

from config.demo_keys import demo_key
from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, VAR_DIR

VAR_DIR.mkdir(exist_ok=True)
DEBUG = False
DEMO = True
SECRET_KEY = demo_key(VAR_DIR / "demo-secret-key")
ANSWER_KEYS = [demo_key(VAR_DIR / "demo-answer-key")]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = str(VAR_DIR / "demo.sqlite3")
