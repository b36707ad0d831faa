"""What a program of the badge rows says of itself; loads nothing, as programs of other environments use it too."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path


def tell(libraries: Iterable[str], make: Callable[[], bytes], file: str = "") -> int:
    """Make a print once the libraries are loaded; say seconds of the processor, bytes, peak in MiB as JSON."""
    for library in libraries:
        import_module(library)
    begun = time.process_time()
    content = make()
    seconds = time.process_time() - begun
    if file:
        Path(file).write_bytes(content)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "bytes": len(content), "peak": peak}))
    return 0
