"""Django's session engine: the database keeps no token, only hashes of it, and what is signed in ends with the post.

`SESSION_ENGINE = "arasha.kernel.access.sessions"`. The same token stands behind two hashes: `access_session`, by
which the database knows who acts and which the application's role can't read, and `access_websession`, which holds
Django's signed data. Neither hash can be computed from the other.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import transaction
from django.db.models.functions import Now

from arasha.kernel.access.actions import begin_session, end_session
from arasha.kernel.access.models import WebSession

BEGUN = "begun"


def data_key(token: str) -> bytes:
    """Return the key of a session's data."""
    return hashlib.sha256(b"data|" + token.encode()).digest()


class SessionStore(SessionBase):
    """Sessions in PostgreSQL; signing in begins the database's own session, signing out ends it."""

    @classmethod
    def clear_expired(cls) -> None:
        """Remove the data of sessions that have expired."""
        WebSession.objects.filter(expires_at__lte=Now()).delete()

    def load(self) -> dict[str, Any]:
        """Return the session's data, or start an empty one under a new key."""
        if self.session_key:
            found = WebSession.objects.filter(pk=data_key(self.session_key), expires_at__gt=Now()).first()
            if found:
                return dict(self.decode(found.data))
        self._session_key = None
        return {}

    def exists(self, session_key: str) -> bool:
        """Return whether there is data under this token."""
        return WebSession.objects.filter(pk=data_key(session_key)).exists()

    def create(self) -> None:
        """Take a new token that nobody has."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # Django's, not in the stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Keep the data; with somebody signed in, begin or prolong the session that the database trusts."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # as above
        expires = self.get_expiry_date()
        with transaction.atomic():
            self._begin(data, expires)
            row = {"data": self.encode(data), "expires_at": expires}
            key = data_key(self.session_key)
            if must_create:
                _, made = WebSession.objects.get_or_create(pk=key, defaults=row)
                if not made:
                    raise CreateError
            elif not WebSession.objects.filter(pk=key).update(**row):
                raise UpdateError

    def _begin(self, data: dict[str, Any], expires: datetime) -> None:
        """Begin the trusted session once for each token."""
        token = self.session_key or ""
        user = data.get(SESSION_KEY)
        begun = hashlib.sha256(b"begun|" + token.encode()).hexdigest()
        if user is not None and data.get(BEGUN) != begun:
            begin_session(user_id=int(user), token=token, expires_at=expires)
            data[BEGUN] = begun

    def delete(self, session_key: str | None = None) -> None:
        """Forget the data and end the trusted session."""
        token = session_key or self.session_key
        if token:
            end_session(token=token)
            WebSession.objects.filter(pk=data_key(token)).delete()
