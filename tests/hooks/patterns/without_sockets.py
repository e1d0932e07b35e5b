"""Runs a command that is killed as soon as it, or any child of it, opens a socket to the network.

python without_sockets.py [--allow-making] COMMAND...

With --allow-making a socket may be made, and whoever connects or sends with it is killed. A filter
of Linux (seccomp) does it, so that no library and no program can get around it.
"""

import ctypes
import os
import platform
import struct
import sys

# From linux/seccomp.h, linux/bpf_common.h and the tables of system calls.
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
KILL, ALLOW = 0x80000000, 0x7FFF0000
NUMBER, FIRST_ARGUMENT, ADDRESS = 0, 16, 48
AF_INET, AF_INET6 = 2, 10
CALLS = {
    "x86_64": {"socket": 41, "connect": 42, "sendto": 44},
    "aarch64": {"socket": 198, "connect": 203, "sendto": 206},
}


def instruction(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def forbid_making(calls: dict[str, int]) -> list[bytes]:
    return [
        instruction(LOAD, 0, 0, NUMBER),
        instruction(EQUAL, 0, 4, calls["socket"]),
        instruction(LOAD, 0, 0, FIRST_ARGUMENT),
        instruction(EQUAL, 1, 0, AF_INET),
        instruction(EQUAL, 0, 1, AF_INET6),
        instruction(RETURN, 0, 0, KILL),
        instruction(RETURN, 0, 0, ALLOW),
    ]


def forbid_using(calls: dict[str, int]) -> list[bytes]:
    """Connecting, and sending to an address; what is sent within a pair of sockets has none."""
    return [
        instruction(LOAD, 0, 0, NUMBER),
        instruction(EQUAL, 6, 0, calls["connect"]),
        instruction(EQUAL, 0, 4, calls["sendto"]),
        instruction(LOAD, 0, 0, ADDRESS),
        instruction(EQUAL, 0, 3, 0),
        instruction(LOAD, 0, 0, ADDRESS + 4),
        instruction(EQUAL, 0, 1, 0),
        instruction(RETURN, 0, 0, ALLOW),
        instruction(RETURN, 0, 0, KILL),
    ]


def install(program: list[bytes]) -> None:
    code = ctypes.create_string_buffer(b"".join(program))
    filter_ = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        sys.exit("PR_SET_NO_NEW_PRIVS was refused")
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter_, 0, 0):
        sys.exit(f"the filter was refused: {os.strerror(ctypes.get_errno())}")


def main() -> None:
    command = sys.argv[1:]
    calls = CALLS[platform.machine()]
    if command[0] == "--allow-making":
        command = command[1:]
        install(forbid_using(calls))
    else:
        install(forbid_making(calls))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
