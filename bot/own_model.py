"""A model that fits what it is made from and that bears our own signature."""

from __future__ import annotations

import fcntl
from pathlib import Path

from bot.left_out import NEURAL_NETWORKS, leave_out_what_we_do_not_use
from bot.model_signature import ModelKeys, check_can_sign, is_ours, sign, signature_path
from bot.training import MODEL, ensure_model, read_card, wanted_card


def fits(model: Path = MODEL, keys: ModelKeys | None = None) -> bool:
    """Whether `model` fits the data, the code and the Dutch language model, and we signed it."""
    return read_card(model) == wanted_card() and is_ours(model, keys)


def ensure_own_model(force: bool = False, model: Path = MODEL, keys: ModelKeys | None = None) -> Path:
    """The path of a model that fits. Trains and signs one where it does not, or when `force` is set.

    An archive of unknown origin is never signed, only replaced. Where another process is training,
    waits for that one. Raises RuntimeError when training gave no model, NotOurModel when it
    cannot be signed here.
    """
    if not force and fits(model, keys):
        return model
    check_can_sign(keys)
    leave_out_what_we_do_not_use(NEURAL_NETWORKS)  # half a minute of a training on a slow machine
    model.parent.mkdir(parents=True, exist_ok=True)
    with signature_path(model).with_suffix(".sig.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if force or not fits(model, keys):
            signature_path(model).unlink(missing_ok=True)
            ensure_model(force=True, model=model)
            sign(model, keys)
    return model
