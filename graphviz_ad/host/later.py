"""Modules that are loaded when something of them is first used, whoever imports them."""

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


def loaded_later(*names: str) -> None:
    """Let importing these modules do nothing until then; what is loaded already stays."""
    for name in names:
        spec = find_spec(name) if name not in sys.modules else None
        if spec is not None:
            module: Any = module_from_spec(spec)
            module.__class__ = _Unloaded
            sys.modules[name] = module


class _Unloaded(ModuleType):
    def __getattr__(self, name: str) -> Any:
        module: Any = self
        module.__class__ = ModuleType
        module.__loader__.exec_module(module)
        return getattr(module, name)
