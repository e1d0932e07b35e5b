"""`POST /webhook`: hands the raw bytes to the inbox and tells GitHub what came of it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from warden_bot.inbox import Arrival, Inbox


def webhook(inbox: Inbox) -> Blueprint:
    """The webhook's route."""
    routes = Blueprint("webhook", __name__)

    @routes.post("/webhook")
    def receive() -> ResponseReturnValue:
        header = request.headers.get
        answer = inbox.receive(
            Arrival(
                event=header("X-GitHub-Event", ""),
                guid=header("X-GitHub-Delivery", ""),
                signature=header("X-Hub-Signature-256", ""),
                content_type=header("Content-Type", ""),
                target_app=header("X-GitHub-Hook-Installation-Target-ID", ""),
                body=request.get_data(cache=False),
            )
        )
        headers = {"Retry-After": "30"} if answer.status == 503 else {}
        return {"message": answer.message}, answer.status, headers

    return routes
