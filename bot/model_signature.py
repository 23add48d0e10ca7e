"""Whether a trained model is our own: an Ed25519 signature over the archive and its card.

A model holds pickled Python objects, so to load one is to run it. A signature is made right after
training and checked before anything of the archive is read. It stands beside the archive as
`<name>.sig`.

The private key is the setting `MODEL_SLEUTEL`, or else one that the first training on this machine
makes in `~/.local/state/sociale-triage/model-sleutel` (where that cannot be written: in `var/` of the
checkout), which every checkout of that user shares. A server that only serves needs
`MODEL_PUBLIEKE_SLEUTEL`: the public half, or a file that holds it, as `sociale-triage model --public-key`
prints it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.training import ROOT, card_path

KEY_NAME = "model-sleutel"
KEY_BYTES = 32
MAXIMUM_SIZE = 2_000_000_000
"""Bytes that the files in an archive may take together; ours take 93 MB."""

_PURPOSE = b"sociale-triage model 1"
"""Signed along, so that a signature for anything else never counts for a model."""


class NotOurModel(Exception):
    """The model is not loaded; the message says why and what to do."""


@dataclass(frozen=True)
class ModelKeys:
    """The keys that the settings name: base64 of 32 bytes; `public` may be the path of a file with it."""

    private: str = field(default="", repr=False)
    public: str = ""


def keys_of(settings: Any) -> ModelKeys:
    """The keys of `settings` (api.settings.Settings)."""
    return ModelKeys(settings.model_key, settings.model_public_key)


def signature_path(model: Path) -> Path:
    """Where the signature of a trained model stands."""
    return model.with_name(model.name.removesuffix(".tar.gz") + ".sig")


def sign(model: Path, keys: ModelKeys | None = None) -> None:
    """Sign a model that was trained here just now, with its card.

    Raises NotOurModel for an archive that would write outside the folder it is unpacked in,
    and where the key does not fit `MODEL_PUBLIEKE_SLEUTEL`.
    """
    check_can_sign(keys)
    check_members(model)
    key = _signing_key(keys or ModelKeys())
    said = {"key": _text(key.public_key()), "signature": _base64(key.sign(_signed_bytes(model)))}
    unfinished = signature_path(model).with_suffix(".sig.new")
    unfinished.write_text(json.dumps(said) + "\n", encoding="utf-8")
    os.replace(unfinished, signature_path(model))


def verify(model: Path, keys: ModelKeys | None = None) -> None:
    """Return where `model` and its card are as we signed them; else raises NotOurModel."""
    try:
        said = json.loads(signature_path(model).read_text(encoding="utf-8"))
        signature, signer = base64.b64decode(said["signature"]), said["key"]
    except FileNotFoundError:
        raise _refused(model, "it has no signature") from None
    except (OSError, ValueError, TypeError, KeyError):
        raise _refused(model, "its signature cannot be read") from None
    trusted = trusted_key(keys)
    if trusted is None or signer != _text(trusted):
        raise _refused(model, "it was signed with another key")
    try:
        trusted.verify(signature, _signed_bytes(model))
    except InvalidSignature:
        raise _refused(model, "the model or its card was changed after it was signed") from None
    except OSError:
        raise _refused(model, "the model or its card cannot be read") from None


def is_ours(model: Path, keys: ModelKeys | None = None) -> bool:
    """Whether `verify` has nothing to say."""
    try:
        verify(model, keys)
    except NotOurModel:
        return False
    return True


def trusted_key(keys: ModelKeys | None = None) -> Ed25519PublicKey | None:
    """Whose signature counts: the public key of the settings, else the public half of what we sign with.

    None where this machine has no key yet. Raises NotOurModel for a setting that holds no key.
    """
    keys = keys or ModelKeys()
    if keys.public:
        return _public_key(keys.public)
    if keys.private:
        return _private_key(keys.private).public_key()
    local = _local_key()
    return local.public_key() if local else None


def public_text(keys: ModelKeys | None = None) -> str:
    """The trusted public key as `MODEL_PUBLIEKE_SLEUTEL` takes it; makes a key where there is none."""
    keys = keys or ModelKeys()
    return _text(trusted_key(keys) or _signing_key(keys).public_key())


def check_can_sign(keys: ModelKeys | None = None) -> None:
    """Raises NotOurModel where what is signed here would not be trusted here."""
    keys = keys or ModelKeys()
    if keys.public and _text(_public_key(keys.public)) != _text(_signing_key(keys).public_key()):
        raise NotOurModel(
            "No model can be trained here: MODEL_PUBLIEKE_SLEUTEL belongs to another key than this machine "
            "signs with; leave it out, set MODEL_SLEUTEL, or serve a model that was signed elsewhere."
        )


def check_members(model: Path) -> None:
    """Raises NotOurModel unless the archive holds only files and folders that stay inside, of a sane size."""
    size = 0
    try:
        with tarfile.open(model) as archive:
            for member in archive:
                name, size = PurePosixPath(member.name), size + member.size
                if name.is_absolute() or ".." in name.parts or not (member.isreg() or member.isdir()):
                    raise _refused(model, "it holds more than files and folders of its own")
                if size > MAXIMUM_SIZE:
                    raise _refused(model, f"it unpacks to more than {MAXIMUM_SIZE} bytes")
    except (tarfile.TarError, OSError, EOFError):
        raise _refused(model, "it is no archive") from None


def _refused(model: Path, why: str) -> NotOurModel:
    return NotOurModel(
        f"The model {model} is not loaded: {why}. "
        "Run `make train`, or put back the model, its .json and its .sig as they were made together."
    )


def _signed_bytes(model: Path) -> bytes:
    digest = hashlib.sha256()
    with model.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    card = hashlib.sha256(card_path(model).read_bytes())
    return b"\n".join([_PURPOSE, digest.digest(), card.digest()])


def _signing_key(keys: ModelKeys) -> Ed25519PrivateKey:
    return _private_key(keys.private) if keys.private else _local_key() or _new_local_key()


def _private_key(text: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_key_bytes(text, "MODEL_SLEUTEL"))


def _public_key(text_or_path: str) -> Ed25519PublicKey:
    text, path = text_or_path, ROOT / text_or_path
    if path.is_file():
        text = path.read_text(encoding="utf-8").strip()
    return Ed25519PublicKey.from_public_bytes(_key_bytes(text, "MODEL_PUBLIEKE_SLEUTEL"))


def _key_bytes(text: str, setting: str) -> bytes:
    try:
        decoded = base64.b64decode(text, validate=True)
    except ValueError:
        decoded = b""
    if len(decoded) != KEY_BYTES:
        raise NotOurModel(f"{setting}: set it to a key of {KEY_BYTES} bytes in base64 (docs/settings.md).")
    return decoded


def _local_key() -> Ed25519PrivateKey | None:
    for folder in _key_folders():
        if (folder / KEY_NAME).is_file():
            return _private_key((folder / KEY_NAME).read_text(encoding="utf-8").strip())
    return None


def _new_local_key() -> Ed25519PrivateKey:
    """A key for this machine; of two processes that make one at once, both get the same."""
    seed = _base64(os.urandom(KEY_BYTES))
    for folder in _key_folders():
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile("w", dir=folder) as file:  # made with mode 0600
                file.write(seed + "\n")
                file.flush()
                os.link(file.name, folder / KEY_NAME)
        except FileExistsError:
            pass
        except OSError:
            continue
        break
    key = _local_key()
    if key is None:
        places = " and ".join(str(folder) for folder in _key_folders())
        raise NotOurModel(f"No key to sign the model with can be kept in {places}; set MODEL_SLEUTEL.")
    return key


def _key_folders() -> tuple[Path, Path]:
    return Path(os.path.expanduser("~")) / ".local" / "state" / "sociale-triage", ROOT / "var"


def _text(key: Ed25519PublicKey) -> str:
    return _base64(key.public_bytes_raw())


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
