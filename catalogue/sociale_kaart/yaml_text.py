"""YAML as we keep it: read by libyaml where PyYAML was built with it, ten times as fast as without."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml_text(text: str) -> Any:
    """What a YAML text says, in plain Python values. Raises yaml.YAMLError, which names the line."""
    return yaml.load(text, Loader=_LOADER)
