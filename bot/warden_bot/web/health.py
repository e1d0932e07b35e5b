"""`/healthz`: the process answers. `/readyz`: it can also do its work."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from warden_bot.store import work
from warden_bot.store.store import Store


def health(store: Store, is_alive: Callable[[], bool]) -> Blueprint:
    """The routes that machines ask."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return {"status": "ok"}

    @routes.get("/readyz")
    def readyz() -> ResponseReturnValue:
        if not is_alive():
            return {"status": "the engine has stopped"}, 503
        try:
            with store.reading() as connection:
                waiting = work.dirty(connection)
        except Exception as error:  # noqa: BLE001 - not ready, whatever the reason
            return {"status": f"the database cannot be read ({type(error).__name__})"}, 503
        parked = sum(item.parked for item in waiting)
        return {"status": "ok", "waiting": len(waiting) - parked, "parked": parked}

    return routes
