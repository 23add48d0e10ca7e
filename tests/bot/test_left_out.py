"""The server loads our model without TensorFlow, and says so where something needs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def printed(program: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.model
def test_the_assistant_answers_and_tensorflow_is_not_loaded(model):
    program = f"""
import asyncio, json, sys
from api.settings import Settings
from bot.assistant import load_assistant

assistant = asyncio.run(load_assistant(Settings(model_path={str(model)!r})))
import tensorflow
try:
    tensorflow.constant(1)
    refused = ""
except Exception as error:
    refused = type(error).__name__
said = asyncio.run(assistant.triage("mijn man krijgt geen lucht", None, "bewoner"))["uitkomst"]
print(json.dumps({{"loaded": "tensorflow.python" in sys.modules, "refused": refused, "said": said}}))
"""
    assert printed(program) == {"loaded": False, "refused": "LeftOut", "said": "spoed_112"}


def test_its_names_can_be_bases_decorators_and_types():
    program = """
import json
from bot.left_out import leave_out_what_we_do_not_use
leave_out_what_we_do_not_use()
import tensorflow as tf
from abc import ABC
from tensorflow.keras.layers import Layer

class Block(Layer, ABC):
    @tf.function(jit_compile=True)
    def call(self, x: tf.Tensor) -> tf.Tensor: return x

@tf.function
def same(x): return x

print(json.dumps({"base": issubclass(Block, Layer), "decorated": same(3)}))
"""
    assert printed(program) == {"base": True, "decorated": 3}


def test_where_it_is_there_already_it_stays():
    program = """
import json, sys, types
sys.modules["tensorflow"] = types.ModuleType("tensorflow")
from bot.left_out import leave_out_what_we_do_not_use
before = list(sys.meta_path)
leave_out_what_we_do_not_use()
print(json.dumps({"same": sys.meta_path == before}))
"""
    assert printed(program) == {"same": True}
