"""The child process: reads an order from standard input, writes the PDF to standard output.

Run as a script, it imports nothing of Arasha. The fonts are loaded before it takes its own rights away: after that it
can open no file and no socket, start no process, and has no network.
"""

import ctypes
import json
import os
import resource
import sys

import typst

MEMORY_BYTES = 2 << 30
CPU_SECONDS = 25
FAILED = 3
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
NO_NEW_PRIVILEGES = 38
NOBODY = 65_534
# Every face once, so that none is looked for on the disk later.
WARM_UP = b'#set text(font: "Golos Text")\n' + b"".join(
    b"#text(weight: %d)[\xd3\x99A1]" % weight for weight in (400, 500, 600)
)


def leave_the_network() -> None:
    """Take a network of one's own that leads nowhere; the typesetter's threads, which come later, inherit it all."""
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    library.unshare(NEW_NETWORK if os.geteuid() == 0 else NEW_USER | NEW_NETWORK)


def give_up_rights() -> None:
    """Leave root and every right to open or start anything."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def main() -> int:
    """Make one document; the exit status is 0, or 3 with the typesetter's sentence on standard output."""
    order = json.loads(sys.stdin.buffer.read())
    leave_the_network()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]])
    # The root holds the fonts alone; what a template would read from elsewhere is outside it.
    place = {"root": order["fonts"], "font_paths": fonts, "package_path": "/nowhere", "package_cache_path": "/nowhere"}
    typst.Compiler(WARM_UP, **place).compile(format="pdf")
    made = typst.Compiler(order["source"].encode(), sys_inputs={"given": order["given"]}, **place)
    give_up_rights()
    try:
        answer = made.compile(format="pdf", timestamp=order["at"])
    except typst.TypstError as error:
        return say(f"{error.message} {error.hints} {error.trace}".encode(), FAILED)
    return say(answer, 0) if isinstance(answer, bytes) else say(b"no single file came out", FAILED)


def say(answer: bytes, status: int) -> int:
    """Write the answer and return the status."""
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())
