"""Machine code of the loops, compiled once and kept.

Numba takes a second of processor and 80 MB to start, even for code it compiled before: more than a million
posts cost. So what it compiles is kept as object code, and llvmlite alone loads it, in a few hundredths of a
second. The file is named by all it depends on: the loops' text, the compiler, the processor.
"""

import ctypes
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import llvmlite.binding as llvm
import numpy as np

HERE = Path(__file__).parent
# arrays are borrowed from numpy, so that nothing here ever frees one
NEVER_FREED = "define void @NRT_MemInfo_call_dtor(ptr %array) { ret void }"
LOADING = Lock()
Loop = Callable[..., tuple[int, ...]]


def loop(name: str, arrays: str, n_results: int = 0) -> Loop:
    """Return a loop as a function of arrays, whole numbers, floats and tuples of them.

    arrays: the kinds its arrays must have, in order, such as "i4 f8"; anything else would be read astray
    Its `n_results` whole numbers are returned. It runs without the interpreter's lock.
    """

    def call(*arguments: Any) -> tuple[int, ...]:
        results, error = (ctypes.c_int64 * max(1, n_results))(), ctypes.c_void_p()
        flat: list[Any] = []
        kinds: list[str] = []
        for argument in arguments:
            _flatten(argument, flat, kinds)
        if " ".join(kinds) != arrays:
            raise TypeError(f"the loop {name} takes arrays of {arrays}, got {' '.join(kinds)}")
        if natives()[name](ctypes.byref(results), ctypes.byref(error), *flat):
            raise RuntimeError(f"the loop {name} failed")
        return tuple(results[:n_results])

    return call


def _flatten(argument: Any, into: list[Any], kinds: list[str]) -> None:
    """Put an argument down as numba's functions take it."""
    if isinstance(argument, tuple):
        for part in argument:
            _flatten(part, into, kinds)
    elif isinstance(argument, np.ndarray):
        kinds.append(argument.dtype.str[1:] if argument.flags.c_contiguous else "scattered")
        owner = ctypes.c_void_p()
        into += [owner, owner, ctypes.c_int64(argument.size), ctypes.c_int64(argument.itemsize)]
        into.append(ctypes.c_void_p(argument.ctypes.data))
        into += map(ctypes.c_int64, argument.shape + argument.strides)
    else:
        into.append(ctypes.c_double(argument) if isinstance(argument, float) else ctypes.c_int64(argument))


def natives() -> dict[str, Any]:
    """Load the loops, once whoever asks first; a thread may, while a file is read."""
    with LOADING:
        return _natives()


@cache
def _natives() -> dict[str, Any]:
    prototype = ctypes.CFUNCTYPE(ctypes.c_int32)
    names = "count_window", "mark_paired", "scan_accounts", "list_pairs", "move_nodes", "merge_nodes"
    return {name: prototype(_engine().get_function_address(name)) for name in names}


@cache
def _engine() -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _target())
    engine.add_object_file(llvm.ObjectFileRef.from_data(_kept() or _compiled()))
    engine.finalize_object()
    return engine


def _target() -> Any:
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=3,
        reloc="pic",
        codemodel="jitdefault",
        jit=True,
    )


def _name() -> str:
    text = [(HERE / name).read_bytes() for name in ("loops.py", "machine.py", "units.py")]
    tools = [version("numba"), version("llvmlite"), llvm.get_default_triple(), llvm.get_host_cpu_name()]
    seen = sha256(b"\0".join(text) + "\0".join([*tools, llvm.get_host_cpu_features().flatten()]).encode())
    return f"loops-{seen.hexdigest()[:24]}.o"


def _folders() -> list[Path]:
    """Where object code may be kept: beside the loops, as Python does, else in the user's cache."""
    own = os.environ.get("XDG_CACHE_HOME") or f"{os.environ.get('HOME', '')}/.cache"
    return [HERE / "__pycache__", Path(own) / "tractage"]


def _kept() -> bytes:
    """Return the object code that was kept whole, or nothing."""
    name = _name()
    for folder in _folders():
        with suppress(OSError):
            kept = (folder / name).read_bytes()
            if kept[:32] == sha256(kept[32:]).digest():
                return kept[32:]
    return b""


def _compiled() -> bytes:
    """Compile the loops, and keep them where that is allowed."""
    import numba

    from tractage.domain.radar.loops import SIGNATURES

    jit: Any = numba.njit
    module = llvm.parse_assembly(NEVER_FREED)
    for function, signature in SIGNATURES.items():
        bare = jit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
        bare.compile(signature)
        (only,) = bare.signatures
        part = llvm.parse_assembly(bare.inspect_llvm(only))
        part.get_function(bare.overloads[only].fndesc.llvm_func_name).name = function.__name__
        module.link_in(part)
    code: bytes = _target().emit_object(module)
    for folder in _folders():
        with suppress(OSError):
            _write(folder / _name(), sha256(code).digest() + code)
            break
    return code


def _write(path: Path, kept: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
        stream.write(kept)
    try:
        Path(stream.name).chmod(0o644)
        Path(stream.name).replace(path)
    except OSError:
        Path(stream.name).unlink(missing_ok=True)
        raise
