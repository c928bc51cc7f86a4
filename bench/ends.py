"""Kill runs at random moments, and see that nothing is lost.

    python bench/ends.py [TIMES] [SEED]

An outlet on localhost serves articles; a project has filed some of them when more appear. Each time
a run of it is killed (SIGKILL) at a random moment; then the archive must be in order, and the next
run must come to the same timeline as one that nothing disturbed. Prints a line a time, and at the
end in which steps the runs were when they were killed.
"""

from __future__ import annotations

import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "lib")]

from tests.collect.outlet import Outlet  # noqa: E402
from tests.collect.test_collect import STORIES  # noqa: E402
from tests.schedule.project import call, project, run, start, timeline  # noqa: E402

FIRST, ALL = 12, 30
BUSY = 3


def main(times: int, seed: int) -> int:
    """Kill runs, print what came of it, and return how often something was lost."""
    chance, faults, steps = random.Random(seed), 0, Counter[str]()
    outlet = Outlet(STORIES[:FIRST])
    outlet.start()
    with tempfile.TemporaryDirectory() as folder:
        base, whole, broken = (Path(folder) / name for name in ("base", "whole", "broken"))
        assert run(project(base, outlet))[0] == 0
        outlet.stories = STORIES[:ALL]
        shutil.copytree(base, whole)
        began = time.monotonic()
        assert run(whole)[0] == 0
        lasted, expected = time.monotonic() - began, timeline(whole)
        for number in range(times):
            shutil.rmtree(broken, ignore_errors=True)
            shutil.copytree(base, broken)
            moment = chance.uniform(0.1, 1.0) * lasted
            step = killed(broken, moment)
            steps[step] += 1
            wrong = faults_of(broken, expected)
            faults += bool(wrong)
            print(f"{number + 1}: {moment:.2f} s, in {step}: {wrong or 'nothing lost'}", flush=True)
    print(
        f"{times} killed, {faults} with something lost; in "
        + ", ".join(f"{step} {count}" for step, count in steps.most_common())
    )
    return faults


def killed(root: Path, moment: float) -> str:
    """Kill a run after some seconds; returns the step that it was in, or that it was done."""
    process = start(root, "run", "--private", "127.0.0.1")
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    _, err = process.communicate()
    done = [line.split()[2].strip(":") for line in err.splitlines() if line.endswith(" s)")]
    if process.returncode == 0:
        return "nothing, for it was done"
    return f"the step after {done[-1]}" if done else "the first step"


def faults_of(root: Path, expected: list[object]) -> str:
    """Return what is wrong after a run was killed, and after the next one; nothing is good news."""
    status, out, err = call(root, "archive", "check")
    if status:
        return f"archive check: {out}{err}"
    status, _, err = run(root)
    while status == BUSY:  # what a killed run started may take a moment to end with it
        time.sleep(0.2)
        status, _, err = run(root)
    if status:
        return f"the next run: {err}"
    left = [path.name for path in (root / "reports").glob(".*") if path.name != ".lock"]
    if left:
        return f"left half made: {left}"
    return "" if timeline(root) == expected else "another timeline"


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    sys.exit(bool(main(*given, *(50, 1)[len(given) :])))
