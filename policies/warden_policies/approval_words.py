"""What a requirement of approvals asks, and what never counts for it, in plain sentences."""

from collections.abc import Iterator

from warden_policies.actors import Actors
from warden_policies.eligibility import Content, Rules
from warden_policies.text import listed, plain

_DEFAULT_LIFTERS = "somebody who maintains the repository"


def asked(count: int, rules: Rules, *, one_more: bool) -> str:
    """`2 approvals by the team acme/payments, none older than 30 days`."""
    noun = "approval" if count == 1 else "approvals"
    words = [f"{count} {noun} by {_who(rules)}"]
    if rules.expire_after_days:
        days = "a day" if rules.expire_after_days == 1 else f"{rules.expire_after_days} days"
        words.append(f"none older than {days}")
    if one_more:
        words.append("and one more while a commit's author or committer is unknown")
    return ", ".join(words)


def _who(rules: Rules) -> str:
    named = "people with write access" if rules.actors.empty else str(rules.actors)
    robots = f" or the robots {listed(map(plain, rules.bots))}" if rules.bots else ""
    return f"{named}{robots}"


def never(rules: Rules, lifters: Actors, *, unknown_blocks: bool) -> Iterator[str]:
    """What never counts under these rules."""
    yield from _own_work(rules)
    if rules.content is Content.HEAD:
        yield "An approval of an earlier commit does not count, whatever came after it"
    else:
        yield (
            "An approval of an earlier commit does not count, unless git proves that nothing came"
            " after it but a clean rebase or update"
        )
    others = " that is not named" if rules.bots else ""
    yield f"A comment approves nothing, and neither does a robot{others}"
    lifter = _DEFAULT_LIFTERS if lifters.empty else str(lifters)
    yield (
        "No number of approvals outweighs a request for changes by somebody with write access:"
        f" only they withdraw it, or {lifter} dismisses it with a reason, but never a contributor"
    )
    if unknown_blocks:
        yield "Nobody can approve while a commit's author or committer is unknown"


def _own_work(rules: Rules) -> Iterator[str]:
    contributor = "an author, co-author or committer in it"
    if not rules.allow_opener and not rules.allow_other_contributors:
        yield f"Whoever opened the pull request, or is {contributor}, cannot approve it"
    elif not rules.allow_opener:
        yield "Whoever opened the pull request cannot approve it"
    elif not rules.allow_other_contributors:
        yield f"Whoever is {contributor} cannot approve it, except for who opened it"
