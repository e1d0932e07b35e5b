"""The three acts, on a stage that is swept afterwards."""

import signal
import tempfile
import threading
from pathlib import Path

from warden_bot.demo import hook_act, record_act
from warden_bot.demo.app_act import REPOSITORY, AppAct, settings_for
from warden_bot.demo.stage import say
from warden_bot.sandbox import Sandbox
from warden_bot.service import Service
from warden_bot.store.work import Timing

_QUICK = Timing(debounce=50, max_wait=500)


def tell(*, stay: bool, port: int) -> None:
    """Tell the story; with `stay`, leave the pages up until SIGINT or SIGTERM.

    Raises:
        WrongTurnError: a step did not happen as told.
    """
    with tempfile.TemporaryDirectory(prefix="changewarden-demo-") as name:
        folder = Path(name)
        hook_act.play(folder)
        data = folder / "data"
        with (
            Sandbox(folder / "github") as github,
            Service(settings_for(github, data, port), timing=_QUICK) as service,
        ):
            github.webhook_url = f"{service.url}/webhook"
            act = AppAct(github)
            act.play()
            record_act.play(service, data, REPOSITORY, act.number)
            say("Everything happened as told.")
            if stay:
                _stay(service, github, act.number, folder)


def _stay(service: Service, github: Sandbox, number: int, folder: Path) -> None:
    say()
    say(f"  changes       {service.url}/changes")
    say(f"  this change   {service.url}/changes/{REPOSITORY}/{number}")
    say(f"  on GitHub     {github.base_url}/{REPOSITORY}/pull/{number}")
    say()
    say(f"Ctrl-C stops and deletes everything in {folder}")
    stop = threading.Event()
    for number_ in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number_, lambda *_: stop.set())
    stop.wait()
