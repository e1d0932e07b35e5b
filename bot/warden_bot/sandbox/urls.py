"""The addresses the stand-in answers on, in the shape of a GitHub Enterprise Server."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Urls:
    """Every absolute address in a reply or a webhook starts with `web`."""

    web: str

    @property
    def api(self) -> str:
        """Where REST starts; GraphQL is beside it, under `/api/graphql`."""
        return f"{self.web}/api/v3"
