"""Put on PYTHONPATH of a measured server: every script run appends a line to the file that CCM_MESURES names.

Its seconds on the clock, a space, its seconds of processor: the second hardly feels what else the machine does.
"""

import os
import time
from pathlib import Path
from typing import Any

if os.environ.get("CCM_MESURES"):
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

    _vrai = ScriptRunner._run_script

    def _run(self: Any, demande: Any) -> None:
        debut, calcul = time.perf_counter(), time.thread_time()
        try:
            _vrai(self, demande)
        finally:
            with Path(os.environ["CCM_MESURES"]).open("a", encoding="ascii") as sortie:
                sortie.write(f"{time.perf_counter() - debut:.6f} {time.thread_time() - calcul:.6f}\n")

    ScriptRunner._run_script = _run  # type: ignore[method-assign,assignment]
