"""A JupyterLab of its own for tests that sit at a notebook."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page

PATIENCE = 120_000  # milliseconds: on a busy machine a kernel takes its time
SETTINGS = {
    # Cells out of sight stay in the page, wherever running scrolls to, and no dialog asks for the
    # kernel.
    "@jupyterlab/notebook-extension/tracker": {
        "windowingMode": "none",
        "autoStartDefaultKernel": True,
    },
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false"},
}


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that serves one folder."""

    folder: Path
    address: str

    def open(self, browser: Browser, name: str, cells: list[str] | None = None) -> Page:
        """Return a page with a notebook open and its kernel idle; the notebook is made of
        ``cells``, if there are any.
        """
        if cells is not None:
            made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
            made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
            nbformat.write(made, self.folder / name)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE)
        page.goto(self.address.format(name))
        # Whoever runs cells before the kernel has said that it is there, is asked which to take.
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.add_locator_handler(
            page.locator(".jp-Dialog"),
            lambda dialog: dialog.get_by_role("button", name="Select").click(),
        )
        return page


def run_all(page: Page) -> None:
    """Run every cell of the notebook that a page shows."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


@contextmanager
def serving(home: Path) -> Iterator[Lab]:
    """Serve an empty folder under ``home``; nothing of the user's own settings is read or
    written.
    """
    served = home / "served"
    served.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    homes = {
        f"JUPYTER_{what}_DIR": str(home / what.lower()) for what in ("CONFIG", "RUNTIME", "DATA")
    }
    homes["JUPYTERLAB_SETTINGS_DIR"] = str(home / "settings")
    homes["JUPYTERLAB_WORKSPACES_DIR"] = str(home / "spaces")
    homes["IPYTHONDIR"] = str(home / "ipython")
    for name, values in SETTINGS.items():
        file = home / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={served}",
        "--LabApp.news_url=None",
    ]
    log = home / "log"
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=served, env={**os.environ, **homes}, stdout=stream, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/api/status?token={token}", server, log)
        yield Lab(served, f"http://127.0.0.1:{port}/lab/tree/{{}}?token={token}")
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when an address answers; an AssertionError tells what a server that ended said."""
    for _ in range(200):
        assert server.poll() is None, f"JupyterLab ended: {log.read_text()[-2000:]}"
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
