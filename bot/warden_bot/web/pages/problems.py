"""What somebody sees who asked for something that is not there, or that we failed to make."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException


def answer_problem(error: HTTPException) -> ResponseReturnValue:
    """A page for people; programs, which ask for `.json` or post something, get JSON."""
    code = error.code or 500
    if request.method not in {"GET", "HEAD"} or request.path.endswith(".json"):
        return {"message": error.description}, code, _kept(error)
    return render_template("problem.html", error=error), code, _kept(error)


def _kept(error: HTTPException) -> dict[str, str]:
    """Headers that belong to the problem, such as `Allow`."""
    return {name: value for name, value in error.get_headers() if name != "Content-Type"}
