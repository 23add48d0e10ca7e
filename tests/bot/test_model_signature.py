"""Nothing of a model is read or run before its signature says that it is ours."""

from __future__ import annotations

import asyncio
import base64
import io
import os
import pickle
import stat
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.cli.main import main
from api.settings import Settings
from bot import model_signature, own_model
from bot.assessor import load_assessor, read_classifier
from bot.model_files import model_file
from bot.model_signature import ModelKeys, NotOurModel, is_ours, public_text, sign, signature_path, verify
from bot.training import ModelCard, card_path

SEED = base64.b64encode(bytes(range(32))).decode()
OTHER_SEED = base64.b64encode(bytes(32)).decode()
CLASSIFIER = "components/train_bot.nlu.topic_classifier.TopicClassifier5/classifier.pickle"


@pytest.fixture(autouse=True)
def key_folder(tmp_path, monkeypatch) -> Path:
    """A home of its own for the key of this machine."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(model_signature, "ROOT", tmp_path / "checkout")
    return tmp_path / "home" / ".local" / "state" / "sociale-triage"


@pytest.fixture
def archive(tmp_path) -> Path:
    """An archive with a card, not signed yet."""
    return packed(tmp_path / "models" / "m.tar.gz", {CLASSIFIER: b"x" * 1000})


def packed(model: Path, files: dict[str, bytes], *others: tarfile.TarInfo) -> Path:
    model.parent.mkdir(exist_ok=True)
    with tarfile.open(model, "w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        for member in others:
            tar.addfile(member)
    card_path(model).write_text('{"inputs": "a", "language_model": "b"}')
    return model


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


class Payload:
    """What runs where somebody unpickles it."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def test_a_model_that_was_signed_here_is_ours(archive):
    sign(archive)
    verify(archive)
    assert model_file(archive) == archive


def changed_in_one_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def signed_elsewhere(model: Path) -> None:
    sign(model, ModelKeys(private=OTHER_SEED))


HARMS = {
    "one byte of the archive": lambda model: changed_in_one_byte(model),
    "one byte of the card": lambda model: changed_in_one_byte(card_path(model)),
    "no card": lambda model: card_path(model).unlink(),
    "no signature": lambda model: signature_path(model).unlink(),
    "an empty signature": lambda model: signature_path(model).write_text(""),
    "a signature without its parts": lambda model: signature_path(model).write_text("[]"),
    "a signature that is no base64": lambda model: signature_path(model).write_text(
        '{"key": "x", "signature": "é"}'
    ),
    "a key in the place of another": signed_elsewhere,
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_not_as_we_signed_it_is_refused_in_one_line_that_says_what_to_do(archive, harm):
    sign(archive)
    HARMS[harm](archive)
    with pytest.raises(NotOurModel) as refused:
        model_file(archive)
    assert "\n" not in str(refused.value) and "make train" in str(refused.value)
    assert str(archive) in str(refused.value)


def test_the_key_that_stands_in_the_signature_is_not_believed(archive):
    """Somebody who names our key and signs with another is refused as well."""
    sign(archive)
    said = signature_path(archive).read_text()
    ours = public_text()
    sign(archive, ModelKeys(private=OTHER_SEED))
    forged = signature_path(archive).read_text().replace(public_text(ModelKeys(private=OTHER_SEED)), ours)
    assert said != forged
    signature_path(archive).write_text(forged)
    assert not is_ours(archive)


def test_a_signature_of_another_model_does_not_fit(archive, tmp_path):
    other = packed(tmp_path / "models" / "n.tar.gz", {CLASSIFIER: b"y"})
    sign(archive)
    signature_path(other).write_bytes(signature_path(archive).read_bytes())
    assert not is_ours(other)


def test_a_server_with_only_the_public_half_loads_what_the_build_server_signed(archive, tmp_path, key_folder):
    build = ModelKeys(private=SEED)
    sign(archive, build)
    verify(archive, build)
    public = public_text(build)
    (tmp_path / "checkout").mkdir()
    (tmp_path / "checkout" / "model.pub").write_text(public + "\n")
    for given in (public, "model.pub", str(tmp_path / "checkout" / "model.pub")):
        verify(archive, ModelKeys(public=given))
    assert not key_folder.exists(), "to serve, no key is made"


def test_a_server_with_only_the_public_half_signs_nothing(archive):
    serving = ModelKeys(public=public_text(ModelKeys(private=SEED)))
    with pytest.raises(NotOurModel, match="MODEL_PUBLIEKE_SLEUTEL"):
        sign(archive, serving)
    assert not signature_path(archive).exists()


@pytest.mark.parametrize("value", ["x", "bm90IDMyIGJ5dGVz", "/no/such/file", "é"])
def test_a_public_key_that_is_none_names_its_setting(archive, value):
    sign(archive)
    with pytest.raises(NotOurModel, match="MODEL_PUBLIEKE_SLEUTEL"):
        verify(archive, ModelKeys(public=value))


def test_the_private_key_shows_in_no_representation():
    assert SEED not in repr(ModelKeys(private=SEED))


def test_the_key_of_this_machine_is_made_once_and_for_its_owner_alone(archive, key_folder):
    with ThreadPoolExecutor(4) as together:
        assert len(set(together.map(lambda _: public_text(), range(4)))) == 1
    [key] = key_folder.iterdir()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_folder.stat().st_mode) == 0o700
    before = public_text()
    sign(archive)
    assert public_text() == before


def test_where_home_cannot_be_written_the_key_stands_in_var(archive, tmp_path, monkeypatch):
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("HOME", str(tmp_path / "a-file"))
    sign(archive)
    verify(archive)
    assert (tmp_path / "checkout" / "var" / "model-sleutel").is_file()


def test_where_no_key_can_be_kept_the_line_says_what_to_set(archive, tmp_path, monkeypatch):
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("HOME", str(tmp_path / "a-file"))
    monkeypatch.setattr(model_signature, "ROOT", tmp_path / "a-file")
    with pytest.raises(NotOurModel, match="MODEL_SLEUTEL"):
        sign(archive)


OUTSIDE = {
    "a path upwards": special("../../etc/cron.d/x", tarfile.REGTYPE),
    "an absolute path": special("/etc/cron.d/x", tarfile.REGTYPE),
    "a symbolic link": special("link", tarfile.SYMTYPE, "/etc/passwd"),
    "a hard link": special("link", tarfile.LNKTYPE, "/etc/passwd"),
    "a device": special("device", tarfile.CHRTYPE),
    "a pipe": special("pipe", tarfile.FIFOTYPE),
}


@pytest.mark.parametrize("member", OUTSIDE)
def test_an_archive_that_would_write_elsewhere_is_never_signed(tmp_path, member):
    model = packed(tmp_path / "models" / "m.tar.gz", {CLASSIFIER: b"x"}, OUTSIDE[member])
    with pytest.raises(NotOurModel):
        sign(model)
    assert not signature_path(model).exists()


def test_an_archive_that_unpacks_to_too_much_is_never_signed(archive, monkeypatch):
    monkeypatch.setattr(model_signature, "MAXIMUM_SIZE", 999)
    with pytest.raises(NotOurModel, match="999"):
        sign(archive)


def test_what_is_no_archive_is_never_signed(archive):
    archive.write_bytes(b"<html>")
    with pytest.raises(NotOurModel):
        sign(archive)


@pytest.mark.parametrize("member", OUTSIDE)
def test_reading_the_classifier_unpacks_that_one_file_alone(tmp_path, monkeypatch, member):
    model = packed(
        tmp_path / "models" / "m.tar.gz", {CLASSIFIER: pickle.dumps("a classifier")}, OUTSIDE[member]
    )
    monkeypatch.setattr(tarfile.TarFile, "extractall", lambda *_, **__: pytest.fail("unpacked it all"))
    assert read_classifier(model) == "a classifier"


@pytest.mark.parametrize(
    "files", [{"other": b""}, {CLASSIFIER: b"", CLASSIFIER.replace("5", "6"): b""}], ids=["none", "two"]
)
def test_an_archive_without_one_classifier_is_refused(tmp_path, files):
    with pytest.raises(NotOurModel, match="classifier.pickle"):
        read_classifier(packed(tmp_path / "models" / "m.tar.gz", files))


def test_a_link_in_the_place_of_the_classifier_is_not_followed(tmp_path):
    model = packed(
        tmp_path / "models" / "m.tar.gz", {}, special(CLASSIFIER, tarfile.SYMTYPE, "/etc/hostname")
    )
    with pytest.raises(NotOurModel):
        read_classifier(model)


LOADERS = {
    "assessor": lambda model: load_assessor(model),
    "assistant": lambda model: asyncio.run(_load_assistant(model)),
}


async def _load_assistant(model: Path) -> None:
    from bot.assistant import load_assistant

    await load_assistant(Settings(model_path=str(model)))


@pytest.mark.parametrize("loader", LOADERS)
def test_no_loader_runs_a_model_of_somebody_else(tmp_path, loader):
    mark = tmp_path / "it ran"
    model = packed(tmp_path / "models" / "m.tar.gz", {CLASSIFIER: pickle.dumps(Payload(mark))})
    sign(model, ModelKeys(private=OTHER_SEED))
    with pytest.raises(NotOurModel):
        LOADERS[loader](model)
    assert not mark.exists()


@pytest.mark.parametrize("command", [["serve"], ["ask", "hallo"], ["model"]])
def test_no_command_runs_a_model_of_somebody_else(tmp_path, monkeypatch, capsys, command):
    mark = tmp_path / "it ran"
    model = packed(tmp_path / "models" / "m.tar.gz", {CLASSIFIER: pickle.dumps(Payload(mark))})
    monkeypatch.setenv("MODEL_PATH", str(model))
    assert main(command) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "no signature" in said.err
    assert not mark.exists()


def test_the_command_prints_where_the_model_is_and_whose_it_is(archive, monkeypatch, capsys):
    monkeypatch.setenv("MODEL_SLEUTEL", SEED)
    monkeypatch.setenv("MODEL_PATH", str(archive))
    sign(archive, ModelKeys(private=SEED))
    assert main(["model"]) == 0 and main(["model", "--public-key"]) == 0
    assert capsys.readouterr().out.split("\n")[:2] == [str(archive), public_text(ModelKeys(private=SEED))]


@pytest.fixture
def training(monkeypatch):
    """A training that takes no time, and how often it was asked for."""
    trained = []
    card = ModelCard("a", "b")

    def ensure_model(force, model):
        trained.append(force)
        packed(model, {CLASSIFIER: os.urandom(9)})

    monkeypatch.setattr(own_model, "ensure_model", ensure_model)
    monkeypatch.setattr(own_model, "wanted_card", lambda: card)
    return trained


def test_a_model_is_trained_and_signed_once(tmp_path, training):
    model = tmp_path / "models" / "m.tar.gz"
    for _ in range(2):
        assert own_model.ensure_own_model(model=model) == model
    assert training == [True] and own_model.fits(model)


def test_who_comes_while_another_trains_waits_for_that_model(tmp_path, training):
    model = tmp_path / "models" / "m.tar.gz"
    with ThreadPoolExecutor(3) as together:
        assert set(together.map(lambda _: own_model.ensure_own_model(model=model), range(3))) == {model}
    assert training == [True]


@pytest.mark.parametrize("harm", HARMS)
def test_a_model_of_unknown_origin_is_replaced_and_never_signed(tmp_path, training, harm):
    model = tmp_path / "models" / "m.tar.gz"
    own_model.ensure_own_model(model=model)
    HARMS[harm](model)
    foreign = model.read_bytes()
    own_model.ensure_own_model(model=model)
    assert len(training) == 2 and model.read_bytes() != foreign and own_model.fits(model)


def test_another_key_trains_again(tmp_path, training):
    model = tmp_path / "models" / "m.tar.gz"
    own_model.ensure_own_model(model=model)
    own_model.ensure_own_model(model=model, keys=ModelKeys(private=SEED))
    assert len(training) == 2


def test_a_server_that_cannot_sign_does_not_train_for_minutes_first(tmp_path, training):
    public = public_text(ModelKeys(private=SEED))
    with pytest.raises(NotOurModel):
        own_model.ensure_own_model(model=tmp_path / "models" / "m.tar.gz", keys=ModelKeys(public=public))
    assert training == []
