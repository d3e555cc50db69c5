"""The instance's signing identity: a key, and a certificate from the instance's own authority.

Nobody else vouches for it: a reader shows the signature as valid and its signer as unknown, until an operator
puts the key of a certificate bought from a recognised authority in its place.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tractage.domain.errors import InputError

LIFE = timedelta(days=3650)
_USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True)
class Identity:
    """PEM texts: certificates from the signer's to the authority's, and the signer's key (never printed)."""

    chain: bytes
    key: bytes = field(repr=False)


def load_identity(folder: Path, name: str, now: datetime) -> Identity:
    """Return the identity kept in `folder`, made on first use for the instance `name`, readable by its owner.

    Raises InputError when one of the two files is there without the other, or cannot be read as PEM.
    """
    chain_file, key_file = folder / "provenance-chain.pem", folder / "provenance-key.pem"
    if chain_file.exists() != key_file.exists():
        missing = key_file if chain_file.exists() else chain_file
        raise InputError(f"{missing.name}: missing beside the other half of the signing identity")
    if not chain_file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = new_identity(name, now)
        _write_private(key_file, made.key)
        _write_private(chain_file, made.chain)
        return made
    identity = Identity(chain_file.read_bytes(), key_file.read_bytes())
    try:
        x509.load_pem_x509_certificates(identity.chain)
        load_pem_private_key(identity.key, None)
    except (ValueError, TypeError) as error:
        raise InputError(f"{folder.name}: the signing identity is not readable PEM ({error})") from None
    return identity


def new_identity(name: str, now: datetime) -> Identity:
    """Make an authority, whose key is thrown away, and a signer: P-256, ten years from `now`."""
    authority_key, signer_key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    authority, signer = _subject(f"{name} authority"), _subject(name)
    top = (
        _certificate(authority, authority, authority_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    leaf = (
        _certificate(signer, authority, signer_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    chain = leaf.public_bytes(Encoding.PEM) + top.public_bytes(Encoding.PEM)
    return Identity(chain, signer_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _subject(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tractage"),
        ]
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*names: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in names for use in _USES})


def _write_private(path: Path, data: bytes) -> None:
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    part.replace(path)
