"""A glob that names a folder matches nothing in it."""

from collections.abc import Iterator

from warden_policies.policy import Dialect
from warden_policies.prove.lint import PolicyText, Seen, lint, texts, walked
from warden_policies.text import quoted

_BAD = """\
version: 1
requirements:
  Payments:
    when: {paths: [payments]}
    require: {approvals: {count: 1}}
"""
_GOOD = _BAD.replace("[payments]", '["payments/**", Makefile, src/app.py]')
_FILES = ("Makefile", "Dockerfile", "CODEOWNERS", "LICENSE", "Jenkinsfile", "Gemfile", "Procfile")


@lint("folder-glob", Dialect.NATIVE, bad=(_BAD,), good=(_GOOD,))
def folder_glob(text: PolicyText) -> Iterator[Seen]:
    """A glob without wildcards whose last part has no ending, as folders have none."""
    for path, requirement in text.requirements:
        for where, value in walked(requirement, path):
            if where[-1] not in ("paths", "only_paths"):
                continue
            for at, glob in enumerate(texts(value)):
                if _is_like_a_folder(glob.removeprefix("!")):
                    meant = quoted(f"{glob}/**")
                    yield Seen(
                        (*where, at),
                        str(path[-1]),
                        f"{quoted(glob)} is that one file, and nothing in a folder of this name",
                        f"write {meant} for all that is in the folder",
                    )


def _is_like_a_folder(glob: str) -> bool:
    name = glob.rpartition("/")[2]
    return not set(glob) & set("*?[") and "." not in name and name not in _FILES
