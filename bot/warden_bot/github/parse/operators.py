"""For whom agents make commits: `On-behalf-of: Ana <ana@example.org>` in a commit's message."""

from collections.abc import Iterable

from warden_policies.model import Person, Signature

_KEY = "on-behalf-of:"
_GIVEN_BY_GITHUB = "users.noreply."


def operator_addresses(message: str) -> tuple[str, ...]:
    """The addresses of the people in such lines.

    A line counts wherever it stands: one too many makes somebody a contributor, one too few would
    let them approve their own work. `@acme` behind the colon names an organisation, as GitHub has
    it, and no person.
    """
    found = (
        line[len(_KEY) :].strip()
        for line in message.splitlines()
        if line[: len(_KEY)].casefold() == _KEY
    )
    addresses = (_address(value) for value in found if not value.startswith("@"))
    return tuple(dict.fromkeys(addresses))


def _address(value: str) -> str:
    """`ana@example.org` of `Ana <ana@example.org>`; without brackets the whole of it."""
    _, bracket, rest = value.rpartition("<")
    return rest.partition(">")[0].strip() if bracket else value


class AddressBook:
    """Whose an e-mail address is, among the people who are known from a pull request."""

    def __init__(self, signatures: Iterable[Signature], people: Iterable[Person]) -> None:
        known = [each for each in signatures if each.person and each.email]
        self._by_address = {each.email.casefold(): each.person for each in known}
        everybody = (*people, *(each.person for each in known))
        self._by_id = {person.id: person for person in everybody if person}

    def owner_of(self, address: str) -> Person | None:
        """The account; of those that GitHub gives out, `2+bob@users.noreply...`, the id decides."""
        written, _, host = address.casefold().partition("@")
        number, plus, _ = written.partition("+")
        if plus and host.startswith(_GIVEN_BY_GITHUB) and number.isdecimal():
            return self._by_id.get(int(number[:18]))
        return self._by_address.get(address.casefold())
