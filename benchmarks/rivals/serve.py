"""A rival is a process that keeps its data and does its work again whenever it is asked to.

It reads lines: ``run`` does the work once and answers with its seconds, ``check`` answers with
what the result was. So the benchmark can let a rival and our own code take turns.
"""

import json
import sys
import time


def serve(work, check):
    """Serves until the input ends.

    work: called without arguments for each ``run``; what it returns is kept
    check: called with what the last ``run`` returned; gives a JSON value
    """
    answers = sys.stdout
    sys.stdout = sys.stderr  # libraries may print
    result = None
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        if line.strip() == "run":
            result = None  # freed before the clock starts, as the previous one of ours is
            start = time.perf_counter()
            result = work()
            answer = {"seconds": time.perf_counter() - start}
        else:
            answer = {"check": check(result)}
        print(json.dumps(answer), file=answers, flush=True)
