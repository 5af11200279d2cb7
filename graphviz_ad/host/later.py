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
            sys.modules[name] = module_from_spec(spec)
            sys.modules[name].__class__ = _Unloaded


class _Unloaded(ModuleType):
    def __getattr__(self, name: str) -> Any:
        self.__class__ = ModuleType
        loader: Any = self.__loader__
        loader.exec_module(self)
        return getattr(self, name)
