"""GitHub's REST API, as far as it is needed: one file per resource."""

from warden_bot.sandbox.rest import apps, check_runs, compare, deliveries, pulls, repositories
from warden_bot.sandbox.rest.routing import Router

ROUTER = Router(
    (
        *apps.ROUTES,
        *deliveries.ROUTES,
        *repositories.ROUTES,
        *compare.ROUTES,
        *pulls.ROUTES,
        *check_runs.ROUTES,
    )
)
