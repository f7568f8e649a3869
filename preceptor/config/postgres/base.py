"""The database backend Django loads: its own for PostgreSQL, with a later minimum and the embedded server."""

from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base, features
from django.db.utils import NotSupportedError

from preceptor.config.server import embedded


class DatabaseFeatures(features.DatabaseFeatures):
    """What the database can do; without multiranges and `NULLS NOT DISTINCT` (PostgreSQL 15) we do not start."""

    minimum_database_version = (15,)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. With the embedded server, opening one starts the server, or starts it again if it was killed."""

    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        """Where to connect to: the embedded server says so itself."""
        params = super().get_connection_params()
        return params | embedded().address() if self.settings_dict.get("EMBEDDED") else params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; if that fails and the server is ours, have it running with the database in it, and try once more."""
        if not self.settings_dict.get("EMBEDDED"):
            return super().get_new_connection(conn_params)
        embedded().hold()
        try:
            return super().get_new_connection(conn_params)
        except (OperationalError, self.Database.OperationalError):
            embedded().ensure(conn_params["dbname"])
            return super().get_new_connection(conn_params | embedded().address())

    def check_database_version_supported(self) -> None:
        """Refuse an older PostgreSQL in words that say what to do."""
        if self.get_database_version() < DatabaseFeatures.minimum_database_version:
            found = ".".join(map(str, self.get_database_version()))
            message = f"Preceptor needs PostgreSQL 15 or later; the server DATABASE_URL names is {found}. Upgrade it."
            raise NotSupportedError(message)
