"""Runs one peer in the interpreter that it is installed in: measure.py NAME IMAGE MASK BINS REPEAT.

Reading files and one warm extraction come first and are not timed. Times are processor time of all threads: waiting for
other processes does not count, and a second thread does. Prints versions, times and values as JSON.
"""
import importlib
import importlib.metadata
import json
import platform
import sys
import time
import warnings

warnings.simplefilter("ignore")
name, image, mask, bins, repeat = sys.argv[1:]
peer = importlib.import_module(name)
run = peer.prepare(image, mask, int(bins))
values, times = run(), []
for _ in range(int(repeat)):
    start = time.process_time()
    values = run()
    times.append(time.process_time() - start)


def number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


numbers = {key: number(value) for key, value in values.items()}
print(json.dumps({
    "version": importlib.metadata.version(peer.PACKAGE) if peer.PACKAGE else "this checkout",
    "python": platform.python_version(),
    "times": times,
    "values": {key: value for key, value in numbers.items() if value is not None},
}))
