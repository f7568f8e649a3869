"""One settings module, everything from the environment through typed readers. The defaults are safe and run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import env
from .server import database_settings

HOUSE = Path(__file__).resolve().parent.parent.parent
HOME = env.home()

DEBUG = env.flag("PRECEPTOR_DEBUG", default=False)
SECRET_KEY = env.secret("PRECEPTOR_SECRET_KEY", kept_in=HOME / "secret-key")
ALLOWED_HOSTS = env.words("PRECEPTOR_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("PRECEPTOR_ORIGINS", default=[])
GATES = env.flag("PRECEPTOR_GATES", default=True)
HTTPS = env.flag("PRECEPTOR_HTTPS", default=False)

DATABASES: dict[str, dict[str, Any]] = {"default": database_settings()}
DATABASES["default"].setdefault("OPTIONS", {})["server_side_binding"] = True
PREPARE = env.flag("PRECEPTOR_PREPARE", default=True)
CONN_MAX_AGE = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "preceptor.ui.apps.ServedFilesConfig",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "preceptor.foundation.apps.FoundationConfig",
    "preceptor.ui.apps.UiConfig",
    "preceptor.register.apps.RegisterConfig",
    "preceptor.compliance.apps.ComplianceConfig",
    "preceptor.training.apps.TrainingConfig",
    "preceptor.oversight.apps.OversightConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "preceptor.config.middleware.content_security",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "preceptor.config.middleware.plain_text",
    "preceptor.config.middleware.viewer",
]
ROOT_URLCONF = "preceptor.config.urls"
WSGI_APPLICATION = "preceptor.config.wsgi.application"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "DIRS": [], "OPTIONS": {}}
]

AUTH_USER_MODEL = "register.User"
AUTHENTICATION_BACKENDS = ["preceptor.config.backend.WithPerson"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "preceptor.config.views.stale"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
BEHIND_PROXY = env.flag("PRECEPTOR_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Tries at signing in are counted by address: behind a proxy that is the one it names, or everybody shares one count.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = env.text("PRECEPTOR_EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
# Letters hold links with which to choose a password: kept as files, they are for our eyes only.
EMAIL_FILE_PATH = env.folder("mail") if EMAIL_BACKEND.endswith(".filebased.EmailBackend") else None
DEFAULT_FROM_EMAIL = env.text("PRECEPTOR_EMAIL_FROM", default="Preceptor <preceptor@localhost>")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = HOUSE / "build" / "static"
STATICFILES_DIRS = [
    ("nhsuk", HOUSE / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"),
    ("htmx", HOUSE / "node_modules" / "htmx.org" / "dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# The design system’s stylesheet asks for its symbols below /assets/.
WHITENOISE_ROOT = STATIC_ROOT / "nhsuk"
WHITENOISE_AUTOREFRESH = DEBUG
FILES_ROOT = env.path("PRECEPTOR_FILES", default=HOME / "files")
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("PRECEPTOR_LOG_LEVEL", default="WARNING")},
}
