"""Plays a terminal: python3 session.py COMMAND STEP...

Steps: expect:TEXT waits until the text has appeared since the last step, type:KEYS types,
size:ROWSxCOLUMNS resizes, pause:SECONDS waits. Prints what appeared, and NOT SEEN for what did not.
"""
import fcntl, os, pty, select, signal, struct, sys, termios, time

pid, terminal = pty.fork()
if pid == 0:
    time.sleep(0.2)  # the size is set first
    # A shell that started the tests in the background had Ctrl-C ignored.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execvp("/bin/sh", ["/bin/sh", "-c", sys.argv[1]])


def resize(rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


resize(31, 97)
seen, mark, missing = b"", 0, []


def pump(seconds, wanted=None):
    global seen
    end = time.time() + seconds
    while time.time() < end:
        if wanted is not None and wanted in seen[mark:]:
            return True
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                return wanted is not None and wanted in seen[mark:]
            if not data:
                return False
            seen += data
    return False


for step in sys.argv[2:]:
    kind, _, text = step.partition(":")
    if kind == "expect":
        if pump(40, text.encode()):
            # Not the end of what was read: the next text may have come with this one.
            mark = seen.index(text.encode(), mark) + len(text.encode())
        else:
            missing.append(text)
            mark = len(seen)
    elif kind == "type":
        os.write(terminal, text.encode().decode("unicode_escape").encode())
    elif kind == "size":
        rows, columns = text.split("x")
        resize(int(rows), int(columns))
    elif kind == "pause":
        pump(float(text))
pump(1)
print(seen.decode(errors="replace"))
for text in missing:
    print("NOT SEEN:", text)
try:
    os.kill(pid, 1)
except ProcessLookupError:
    pass
