"""Why the accepted findings of data/security/adviezen.yml cannot be reached."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile

import pytest
from sociale_kaart.yaml_text import read_yaml_text

from bot.nlu.corpus_importer import CorpusImporter
from bot.training import ROOT

OUR_CODE = [
    path for folder in ("api", "bot", "actions", "catalogue") for path in (ROOT / folder).rglob("*.py")
]
NEVER_IMPORTED = (
    "skops",
    "wheel",
    "pytest",
    "sanic_cors",
    "sanic_jwt",
    "rasa.server",
    "multipart",
    "python_multipart",
    "confluent_kafka",
    "huggingface_hub",
)
FAULTY = {
    "request.form of Starlette": r"\.form\(",
    "the path of request.url": r"request\.url\.path|request\.url\b(?!\.(scheme|netloc))",
    "mail addresses in pydantic": r"\b(EmailStr|NameEmail|validate_email)\b",
    "models and downloads of Keras": r"\b(load_model|get_file|model_from_json)\b",
    "TensorFlow or Keras at all": r"^\s*(import|from) (tensorflow|keras)\b",
    "JSON of protobuf": r"\b(json_format|ParseDict)\b",
    "arrays of dask": r"\bfrom_npy_stack\b|^\s*(import|from) dask\b",
    "packages by setuptools or wheel": r"^\s*(import|from) (setuptools|pkg_resources|wheel)\b",
    "cross-origin rules of sanic": r"cors_origins=",
    "unpacking a whole archive": r"\.extractall\(|\.unpack_archive\(",
}
"""What has a known fault in a version that we lock, by how a use of it looks in code."""

ALLOWED = {
    "the path of request.url": {
        "api/delivery/safe_address.py",  # a request of httpx, which we send
        "api/cli/bench_widget.py",  # a request of the measuring browser
        "api/routes/pages.py",  # only its host, which was checked
    },
}


@pytest.fixture(scope="module")
def imported(model) -> set[str]:
    """The modules of a server that held a conversation, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.security.imported"], cwd=ROOT, capture_output=True
    )
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    return set(json.loads(ran.stdout[ran.stdout.index(b'["') :]))


@pytest.mark.model
def test_a_running_server_imports_none_of_these(imported):
    assert "rasa.core.agent" in imported and "api.app" in imported
    assert not imported & set(NEVER_IMPORTED)


@pytest.mark.model
def test_a_running_server_does_without_what_is_left_out(imported):
    """Its names may be there, but none of its own modules."""
    assert not imported & {"tensorflow.python", "tensorflow.core", "keras.src"}


@pytest.mark.parametrize("what", FAULTY)
def test_our_code_does_not_use_what_has_a_known_fault(what):
    pattern, allowed = re.compile(FAULTY[what], re.M), ALLOWED.get(what, set())
    users = {
        path.relative_to(ROOT).as_posix()
        for path in OUR_CODE
        if pattern.search(path.read_text(encoding="utf-8"))
    }
    assert users <= allowed


@pytest.mark.model
def test_nothing_of_tensorflow_or_keras_is_in_the_model_or_its_pipeline(model):
    config = read_yaml_text((ROOT / "bot" / "config.yml").read_text(encoding="utf-8"))
    parts = [part["name"] for part in (*config["pipeline"], *config["policies"])]
    assert all(name.startswith("bot.nlu.") or name == "RulePolicy" for name in parts)
    with tarfile.open(model) as archive:
        kinds = {member.name.rpartition(".")[2] for member in archive if member.isreg()}
    assert kinds == {"json", "yml", "pickle"}


def test_the_classifier_learns_from_the_corpus_of_the_repository_alone():
    config = read_yaml_text((ROOT / "bot" / "config.yml").read_text(encoding="utf-8"))
    assert config["importers"] == [{"name": f"{CorpusImporter.__module__}.{CorpusImporter.__name__}"}]
