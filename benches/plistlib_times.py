"""Prints how many seconds plistlib takes to read a property list, given as the argument, and to write it."""

import plistlib
import sys
import time


def best(work):
    """Returns the fastest of many runs in seconds."""
    fastest = float("inf")
    end = time.perf_counter() + 0.5
    while time.perf_counter() < end:
        start = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest


with open(sys.argv[1], "rb") as file:
    document = file.read()
value = plistlib.loads(document)
print(best(lambda: plistlib.loads(document)), best(lambda: plistlib.dumps(value)))
