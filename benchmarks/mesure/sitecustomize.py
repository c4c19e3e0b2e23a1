"""Put on PYTHONPATH of a measured server: every script run appends its seconds to the file that CCM_MESURES names."""

import os
import time
from pathlib import Path
from typing import Any

if os.environ.get("CCM_MESURES"):
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

    _vrai = ScriptRunner._run_script

    def _run(self: Any, demande: Any) -> None:
        debut = time.perf_counter()
        try:
            _vrai(self, demande)
        finally:
            with Path(os.environ["CCM_MESURES"]).open("a", encoding="ascii") as sortie:
                sortie.write(f"{time.perf_counter() - debut:.6f}\n")

    ScriptRunner._run_script = _run  # type: ignore[method-assign,assignment]
