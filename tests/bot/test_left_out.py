"""What our assistant does not use is named while Rasa is imported, and refused afterwards.

That a real server does without it: tests/security/test_reachable.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def printed(program: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_using_what_was_left_out_is_refused_by_name():
    program = """
import json
from bot.left_out import LeftOut, leave_out_what_we_do_not_use, refuse_what_was_left_out
leave_out_what_we_do_not_use()
import tensorflow
tensorflow.constant(1)
refuse_what_was_left_out()
try:
    tensorflow.constant(1)
except LeftOut as error:
    print(json.dumps({"refused": "tensorflow.constant" in str(error)}))
"""
    assert printed(program) == {"refused": True}


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


def test_what_is_there_already_stays():
    program = """
import json, sys, types
there = sys.modules["tensorflow"] = types.ModuleType("tensorflow")
from bot.left_out import leave_out_what_we_do_not_use
leave_out_what_we_do_not_use()
import tensorflow
print(json.dumps({"same": tensorflow is there}))
"""
    assert printed(program) == {"same": True}


def test_asked_twice_it_stays_left_out():
    program = """
import json
from bot.left_out import leave_out_what_we_do_not_use
leave_out_what_we_do_not_use()
import keras
leave_out_what_we_do_not_use()
import keras.layers.core
print(json.dumps({"left out": type(keras.layers.core).__name__}))
"""
    assert printed(program) == {"left out": "_AbsentModule"}
