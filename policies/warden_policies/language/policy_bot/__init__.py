"""The language of policy-bot 1.36.2: `.policy.yml`, read as it is.

It becomes the tree that every language becomes, with predicates and combinations of its own. What
is unsafe about the language stays so; docs/reference/policy-bot.md says how the native one differs.
"""

from warden_policies.canonical import digest
from warden_policies.language.policy_bot.document import read_document
from warden_policies.policy import Dialect, InvalidPolicy, Policy, PolicyError
from warden_policies.problem import Problems


def policy_from_data(data: object, path: str, policy_digest: str = "") -> Policy:
    """The policy that plain data spells, as JSON values.

    Raises:
        InvalidPolicy: every error at once, each beginning with the way to its value.
    """
    problems = Problems()
    root = read_document(data, problems)
    if found := problems.all():
        errors = tuple(PolicyError(path, None, None, str(problem)) for problem in found)
        raise InvalidPolicy(errors, policy_digest or None)
    return Policy(path, policy_digest, root, Dialect.POLICY_BOT)
