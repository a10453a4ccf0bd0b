"""The BLAS kernels under which the notebooks must show the same numbers."""

import pathlib
import re

KERNELS = {"Haswell": {"avx2", "fma"}, "SkylakeX": {"avx512f", "avx512bw"}, "Prescott": {"sse3"}}
"""Each with the instructions that it needs; OPENBLAS_CORETYPE chooses one."""


def lacks(kernel):
    """Return the instructions that a kernel needs and this processor lacks."""
    cpu = pathlib.Path("/proc/cpuinfo")
    if not cpu.exists():
        return KERNELS[kernel]
    flags = re.search(r"^flags\s*:(.*)$", cpu.read_text(), re.MULTILINE)
    have = set(flags[1].replace("pni", "sse3").split()) if flags else set()
    return KERNELS[kernel] - have


def pairs(names):
    """Return every name with every kernel: first each name once, the kernels in turn."""
    kernels = list(KERNELS)
    return [
        (name, kernels[(position + turn) % len(kernels)])
        for turn in range(len(kernels))
        for position, name in enumerate(names)
    ]
