"""Runs a command on a pseudo-terminal, types the given lines at its prompt, prints what appears.

usage: terminal.py COMMAND LINE...
Waits for a shell's prompt ("# " or "$ ") before each line, so that nothing is typed too early.
"""
import os, pty, re, select, sys, time

command, lines = sys.argv[1], sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp("/bin/sh", ["/bin/sh", "-c", command])

seen = b""
deadline = time.time() + 60


def read_some():
    """One read; False at the end of the terminal."""
    global seen
    ready, _, _ = select.select([fd], [], [], 0.2)
    if ready:
        try:
            data = os.read(fd, 65536)
        except OSError:
            return False
        if not data:
            return False
        seen += data
    return True


def at_prompt():
    """Whether a shell waits for input; escape sequences after its prompt do not count."""
    return re.search(rb"[#$] $", re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", seen[-200:]))


alive = True
for line in lines:
    mark = len(seen)
    while alive and time.time() < deadline and not at_prompt():
        alive = read_some()
    os.write(fd, line.encode() + b"\r")
    while alive and time.time() < deadline and len(seen) < mark + len(line):
        alive = read_some()
    # the echo is there: forget the old prompt
    time.sleep(0.05)
while alive and time.time() < deadline:
    alive = read_some()
_, status = os.waitpid(pid, 0)
text = seen.decode(errors="replace").replace("\r", "")
text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
print(text, end="" if text.endswith("\n") else "\n")
sys.exit(os.waitstatus_to_exitcode(status))
