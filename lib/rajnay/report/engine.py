"""A papermill engine that runs a notebook in the process it is called from, with nothing to start.

Whoever wants a run to leave no trace calls it in a process of its own; ``press`` forks one a run.
"""

from __future__ import annotations

from typing import Any, cast

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbformat import NotebookNode, v4
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

NAME = "in-process"
new_output: Any = v4.new_output  # untyped


class Hook(DisplayHook):
    """Keeps what a cell ends in, where a terminal would print it."""

    def write_output_prompt(self) -> None:
        """Print no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep the last value of a cell in all its forms."""
        cast(Shell, self.shell).shown.append({"data": format_dict, "metadata": md_dict or {}})

    def finish_displayhook(self) -> None:
        """Print no line after it."""


class Shell(InteractiveShell):
    """An interpreter of cells that keeps what they show and how the last one failed."""

    def __init__(self, **more: Any) -> None:
        self.shown: list[dict[str, Any]] = []
        self.failure: NotebookNode | None = None
        config = Config()
        config.HistoryManager.enabled = False
        super().__init__(displayhook_class=Hook, config=config, **more)  # type: ignore[no-untyped-call]

    @classmethod
    def fresh(cls) -> Shell:
        """Return a shell with an empty namespace, known to IPython as the one that cells run in."""
        for known in (cls, InteractiveShell):
            known.clear_instance()
        made: Shell = cls.instance()
        return made

    def init_display_pub(self) -> None:
        """Keep what cells display in the order in which they do."""
        publisher: Any = CapturingDisplayPublisher
        self.display_pub = publisher(parent=self, outputs=self.shown)

    def _showtraceback(self, etype: type, evalue: object, stb: list[str]) -> None:
        self.failure = new_output(
            "error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb)
        )

    def run(self, source: str) -> list[NotebookNode]:
        """Run a cell, and return what it printed, what it showed and, last, how it failed."""
        self.shown.clear()
        self.failure = None
        with capture_output(display=False) as printed:
            self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        streams = {"stdout": printed.stdout, "stderr": printed.stderr}
        outputs = [new_output("stream", name=name, text=text) for name, text in streams.items()]
        outputs = [one for one in outputs if one.text]
        outputs += [
            new_output("display_data", data=one["data"], metadata=one["metadata"])
            for one in self.shown
        ]
        return [*outputs, self.failure] if self.failure else outputs


class InProcessEngine(Engine):  # type: ignore[misc]
    """Runs the cells of a notebook one after the other, up to the first that fails."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **kwargs: Any
    ) -> None:
        """Run the notebook of a papermill manager in a clean namespace."""
        shell = Shell.fresh()
        for index, cell in enumerate(nb_man.nb.cells):
            if cell.cell_type != "code":
                continue
            nb_man.cell_start(cell, index)
            cell.outputs = shell.run(cell.source)
            cell.execution_count = index + 1
            if shell.failure:
                nb_man.cell_exception(cell, index)
            nb_man.cell_complete(cell, index)
            if shell.failure:
                break


papermill_engines.register(NAME, InProcessEngine)
