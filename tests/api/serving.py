"""A server on a free port of this machine, in a thread, over a copy of a library."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn

from api.app import create_app
from api.desk import Ask
from rag import pipeline
from rag.library import open_library
from rag.models import Models
from rag.settings import Settings

COPY = "import shutil, sys; shutil.copytree(*sys.argv[1:], ignore=shutil.ignore_patterns('lock*', 'uploads'))"


@contextmanager
def serving(
    settings: Settings, models: Models, home: Path, *, ask: Ask = pipeline.ask, **changes: object
) -> Iterator[str]:
    """Serve a copy of the home of `settings`, made at `home`; yields the address. Ends with the block."""
    # in a process of its own: to close a file of SQLite's here would drop the locks this process holds on it
    subprocess.run([sys.executable, "-c", COPY, str(settings.home), str(home)], check=True)
    mine = replace(settings, home=home, **changes)  # type: ignore[arg-type]  # the caller names fields
    listening = socket.create_server(("127.0.0.1", 0))
    with open_library(mine, models.embedder, write=True) as library:
        app = create_app(mine, library, models, ask=ask)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)
            listening.close()
