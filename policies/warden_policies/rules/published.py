"""Keys that their own provider prints for samples, tests and emulators: nobody rotates one.

By digest, so that the tree holds none of them: the first sixteen digits of the value's SHA-256.
Only what the provider itself prints belongs here. A key that somebody leaked is no such key.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Publication(NamedTuple):
    """Where a provider publishes keys, and which."""

    what: str
    reference: str
    digests: tuple[str, ...]


PUBLICATIONS = (
    Publication(
        "Google: in the tests of Firebase's public SDKs",
        "https://github.com/firebase/firebase-android-sdk",
        (
            "2037abcaffb2b777",
            "3f370c9dd8225c63",
            "e4a5542bb7fd7b67",
            "a19f89ab3555eac1",
            "eb540d2b6ee2a0a4",
            "37f8f09bdf12c2f2",
            "8731261cb72d8626",
            "49f777db995e8260",
            "27a9a42931dff7eb",
            "dc0fcf046c61640c",
            "4c98242dcadc8b29",
            "ea9bb1082cf95663",
        ),
    ),
    Publication(
        "Google: the secret of reCAPTCHA for tests",
        "https://developers.google.com/recaptcha/docs/faq",
        ("f5e95c9954635b65",),
    ),
    Publication(
        "Microsoft: the key of every Azurite storage emulator",
        "https://learn.microsoft.com/azure/storage/common/storage-connect-azurite",
        (
            "0011cc25eb432071",
            "900e6c2bf8ce6c14",
        ),
    ),
    Publication(
        "Microsoft: the key of every Azure Cosmos DB emulator",
        "https://learn.microsoft.com/azure/cosmos-db/emulator",
        (
            "aa6547439583c3a2",
            "a28c56ecb012bfd0",
        ),
    ),
    Publication(
        "Stripe: the test key of Stripe's manual",
        "https://docs.stripe.com/keys",
        (
            "2cafc0970149a84f",
            "f2d6ca16515033e5",
        ),
    ),
    Publication(
        "Kubernetes: the tokens and the key in kubeadm's manual",
        "https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta3/",
        (
            "366da6cf65a08841",
            "8dbbf9e18891d238",
            "3002888f967a7086",
            "3efafe12de7a42d1",
            "52b4b4aaae570b13",
        ),
    ),
    Publication(
        "Hardhat: the accounts of every Hardhat and Anvil node",
        "https://hardhat.org/hardhat-network/docs/overview",
        (
            "bc1a50966c9e6486",
            "60a09e4357868c1e",
            "8335c55334821eef",
            "095101cf732c298a",
            "b26ab6529d20ebeb",
            "bb4978fbe7638de8",
            "64034b44c579b335",
            "f02322197a196ceb",
            "4d3e46eec8244d1d",
            "5de22089c247b9b2",
            "0aedba9d586f34f9",
            "59feecfa04eb096b",
            "28e543d3753fc9d1",
            "b69d88ff1ad5834a",
            "f070994a85994785",
            "b6b9ee08c38f62da",
            "38e69fdd19aefeb4",
            "be394de37f9d6cf6",
            "967f21586cdf1248",
            "dd0102d1cd0c6ac7",
        ),
    ),
    Publication(
        "GitHub: the tokens of GitHub's manual",
        "https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens",
        (
            "bc3ae723f57c6b9e",
            "82e74299544e0073",
            "6d7fa4e64d4b1f3e",
        ),
    ),
    Publication(
        "Telegram: the bots of Telegram's manual",
        "https://core.telegram.org/bots/api",
        (
            "0b5dd075ccdd03c4",
            "97663138e6669921",
        ),
    ),
    Publication(
        "Discord: the bot of Discord's manual",
        "https://discord.com/developers/docs/reference",
        ("02f7ce3c263f85c0",),
    ),
    Publication(
        "MinIO: the keys of MinIO's public playground",
        "https://min.io/docs/minio/linux/reference/minio-mc.html",
        ("df452eef23e8cf2c",),
    ),
    Publication(
        "WireGuard: the key of WireGuard's manual",
        "https://www.wireguard.com/",
        ("ea1ca3e25b35a51e",),
    ),
    Publication(
        "Algolia: the search key of Algolia's own demonstrations",
        "https://www.algolia.com/doc/",
        ("f7e7896182dcde5d",),
    ),
    Publication(
        "MongoDB: the password in the connection strings of the manual",
        "https://www.mongodb.com/docs/manual/reference/connection-string/",
        ("412a54cd6f4c7f28",),
    ),
    Publication(
        "IETF: the credentials that explain the Basic scheme",
        "https://www.rfc-editor.org/rfc/rfc7617",
        ("cf4d418ed3de92d7", "687da00b09c83361"),
    ),
)


def _by_digest() -> Iterator[tuple[str, Publication]]:
    for publication in PUBLICATIONS:
        for digest in publication.digests:
            yield digest, publication


PUBLISHED: Mapping[str, Publication] = dict(_by_digest())
