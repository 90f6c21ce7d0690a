"""Kernels of one report: started, run, and ended with it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

__all__ = ["Kernels"]


class Kernels:
    """The kernels that a report has started, which can all be ended at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.managers: list[Any] = []

    def run(self, book: Any) -> tuple[list[Any], float]:
        """The cells of a notebook with their outputs, and the seconds they took."""
        from nbclient.exceptions import DeadKernelError

        begin = time.monotonic()
        client = _client(book, self.folder)
        manager = client.create_kernel_manager()
        sockets = _private_sockets(manager)
        self.managers.append(manager)
        try:
            client.execute()
        except DeadKernelError:
            book.cells = [_died()]
        finally:
            # Of a kernel that was ended it would complain as Python exits.
            atexit.unregister(client._cleanup_kernel)
            if sockets is not None:
                shutil.rmtree(sockets, ignore_errors=True)
        return book.cells, time.monotonic() - begin

    def end(self) -> None:
        """End every kernel's process that still runs."""
        for manager in self.managers:
            process = getattr(manager.provisioner, "process", None)
            if process is not None and process.poll() is None:
                process.kill()


def _client(book: Any, folder: Path) -> Any:
    from jupyter_client import AsyncKernelManager
    from nbclient import NotebookClient

    return NotebookClient(
        book,
        kernel_manager_class=AsyncKernelManager,
        timeout=None,
        allow_errors=True,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(folder)}},
    )


def _private_sockets(manager: Any) -> str | None:
    """Have a kernel of this very Python, whatever is registered as python3, listen on
    sockets that this user alone can open, not on ports that everybody on the machine
    can reach. The folder of the sockets, where the system has such.
    """
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client.kernelspec import KernelSpec

    manager._kernel_spec = KernelSpec(**get_kernel_dict())
    if os.name != "posix":
        return None
    sockets = tempfile.mkdtemp(prefix="ik-")
    manager.transport, manager.ip = "ipc", os.path.join(sockets, "k")
    return sockets


def _died() -> Any:
    import nbformat

    why = "the process ended, most likely for want of memory."
    output = nbformat.v4.new_output(
        "error", ename="IdlibkitError", evalue=why, traceback=[]
    )
    return nbformat.v4.new_code_cell("", outputs=[output])
