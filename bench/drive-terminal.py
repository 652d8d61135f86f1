"""Drives one program in a real pseudo-terminal and reports times as JSON. Reads a plan as JSON from standard input:

{"argv": [...], "env": {...}, "cwd": "...", "rows": 50, "columns": 200, "settledWhen": ["text", ...], "keys": ["j", ...],
 "pauseMs": 60, "quit": "q"}

A key may be a pair ["e", "text"]: then the frame that counts is the first by whose end that text was written.

A frame ends where the program ends a synchronized update (CSI ? 2026 l). The first full frame is the first one by whose
end every text of `settledWhen` has been written.
"""

import fcntl
import json
import os
import select
import struct
import sys
import termios
import time
import pty as terminal

END = b"\x1b[?2026l"


def run(plan):
    started = time.perf_counter()
    pid, fd = terminal.fork()
    if pid == 0:
        # The child waits until its window has a size.
        os.read(0, 1)
        os.chdir(plan["cwd"])
        os.execvpe(plan["argv"][0], plan["argv"], plan["env"])
    attributes = termios.tcgetattr(fd)
    attributes[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(fd, termios.TCSANOW, attributes)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", plan["rows"], plan["columns"], 0, 0))
    started = time.perf_counter()
    os.write(fd, b"\n")

    seen = b""
    first = None
    wanted = [text.encode() for text in plan["settledWhen"]]
    deadline = started + 60
    while first is None and time.perf_counter() < deadline:
        chunk = read(fd, deadline)
        if chunk is None:
            break
        seen += chunk
        if not wanted or all(text in seen for text in wanted):
            end = seen.rfind(END)
            if not wanted or (end >= 0 and all(text in seen[:end] for text in wanted)):
                first = (time.perf_counter() - started) * 1000
    if plan.get("keys"):
        drain(fd, 1.0)

    keys = []
    for key in plan.get("keys", []):
        text, until = (key, "") if isinstance(key, str) else key
        pressed = time.perf_counter()
        os.write(fd, text.encode())
        keys.append(answer(fd, pressed, plan["pauseMs"] / 1000, until.encode()))

    if plan.get("quit"):
        try:
            os.write(fd, plan["quit"].encode())
        except OSError:
            pass
        while read(fd, time.perf_counter() + 10) is not None:
            pass
    else:
        while read(fd, time.perf_counter() + 10) is not None:
            pass
    _, status, usage = os.wait4(pid, 0)
    return {
        "firstFrameMs": first,
        "keys": keys,
        "exitMs": (time.perf_counter() - started) * 1000,
        "status": os.waitstatus_to_exitcode(status),
        "peakKiB": usage.ru_maxrss,
    }


def answer(fd, pressed, pause, until):
    """Time to the end of the first frame after a key that says `until`, and all bytes until the next key is due."""
    seen = b""
    frame = None
    due = pressed + pause
    while time.perf_counter() < due or frame is None:
        chunk = read(fd, max(due, pressed + 2) if frame is None else due)
        if chunk is None:
            break
        seen += chunk
        if frame is None and until in seen and END in seen[seen.find(until) :]:
            frame = (time.perf_counter() - pressed) * 1000
    return {"ms": frame, "bytes": len(seen)}


def drain(fd, quiet):
    """Reads until nothing was written for `quiet` seconds."""
    while True:
        ready, _, _ = select.select([fd], [], [], quiet)
        if not ready or read(fd, time.perf_counter() + quiet) is None:
            return


def read(fd, deadline):
    """The next bytes, or None at the end of the program or at the deadline."""
    ready, _, _ = select.select([fd], [], [], max(0, deadline - time.perf_counter()))
    if not ready:
        return None
    try:
        return os.read(fd, 1 << 16) or None
    except OSError:
        return None


json.dump(run(json.load(sys.stdin)), sys.stdout)
