"""The App's log of webhook deliveries, and sending one again."""

from warden_bot.sandbox.payloads.apps import delivery, full_delivery
from warden_bot.sandbox.refusal import not_found, unprocessable
from warden_bot.sandbox.rest.paging import per_page
from warden_bot.sandbox.rest.routing import Answer, Call, Route
from warden_bot.sandbox.webhooks import Delivery

_RANGES = {"success": range(200, 400), "failure": range(400, 600)}


def list_deliveries(call: Call) -> Answer:
    """Newest first. The cursor is the id of the first delivery of a page."""
    wanted = _wanted_codes(call)
    cursor = call.query_number("cursor", 0)
    found = [
        each
        for each in reversed(_attempted(call))
        if (each.id <= cursor or not cursor) and (wanted is None or each.status_code in wanted)
    ]
    size = per_page(call)
    links = {"next": f"per_page={size}&cursor={found[size].id}"} if len(found) > size else {}
    if links and "status" in call.query:
        links["next"] += f"&status={call.query['status']}"
    return Answer([delivery(each) for each in found[:size]], links=links)


def get_delivery(call: Call) -> Answer:
    """One delivery with what was sent and what came back."""
    wanted = call.number("delivery_id")
    for each in _attempted(call):
        if each.id == wanted:
            return Answer(full_delivery(each))
    raise not_found()


def create_attempt(call: Call) -> Answer:
    """Send it once more, under the same GUID."""
    if call.webhooks.redeliver(call.number("delivery_id")) is None:
        raise not_found()
    return Answer({}, 202)


def _attempted(call: Call) -> list[Delivery]:
    return [each for each in call.webhooks.deliveries if each.status_code]


def _wanted_codes(call: Call) -> range | None:
    status = call.query.get("status")
    if status is None:
        return None
    if status not in _RANGES:
        raise unprocessable(f"Invalid value for parameter 'status': {status}")
    return _RANGES[status]


ROUTES = (
    Route("GET", "/app/hook/deliveries", list_deliveries),
    Route("GET", "/app/hook/deliveries/{delivery_id}", get_delivery),
    Route("POST", "/app/hook/deliveries/{delivery_id}/attempts", create_attempt),
)
