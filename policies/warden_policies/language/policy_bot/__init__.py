"""The language of policy-bot 1.36.2: `.policy.yml`, read as it is.

It becomes the tree that every language becomes, with predicates and combinations of its own. What
is unsafe about the language stays so; docs/reference/policy-bot.md says how the native one differs.
"""

from warden_policies.canonical import digest
from warden_policies.language.policy_bot.document import Document, read_document
from warden_policies.language.policy_bot.yaml_sharing import SharingReader
from warden_policies.language.refusal import errors_in
from warden_policies.language.yaml_source import read_yaml
from warden_policies.policy import Dialect, InvalidPolicy, Policy, PolicyError
from warden_policies.problem import Problems


def parse_policy_bot(source: bytes, path: str) -> Policy:
    """The policy that a file's bytes spell; `path` is how errors and records name the file.

    Raises:
        InvalidPolicy: every error at once, in the order of the text. No other exception is
            raised, whatever the bytes.
    """
    text = read_yaml(source, SharingReader())
    problems = Problems()
    document = read_document(text.data, problems)
    if errors := errors_in(text, problems.all(), path):
        raise InvalidPolicy(errors, digest(source))
    return _policy(document, path, digest(source))


def policy_from_data(data: object, path: str, policy_digest: str = "") -> Policy:
    """The policy that plain data spells, as JSON values.

    Raises:
        InvalidPolicy: every error at once, each beginning with the way to its value.
    """
    problems = Problems()
    document = read_document(data, problems)
    if found := problems.all():
        errors = tuple(PolicyError(path, None, None, str(problem)) for problem in found)
        raise InvalidPolicy(errors, policy_digest or None)
    return _policy(document, path, policy_digest)


def _policy(document: Document, path: str, policy_digest: str) -> Policy:
    return Policy(path, policy_digest, document.root, Dialect.POLICY_BOT, unused=document.unused)
