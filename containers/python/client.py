"""Passes standard input to the server and the server's words to standard output."""
import os
import re
import socket
import ssl
import sys
import threading

import request

# What is said in the clear: how the line looks that the server must have said, then what the client says.
OPENINGS = {
    "smtp": [("220 ", "EHLO tlsinterop.test\r\n"), ("250 ", "STARTTLS\r\n"), ("220 ", "")],
    "imap": [(r"\* OK", "a0 STARTTLS\r\n"), ("a0 OK", "")],
    "": [],
}


def open_in_clear(plain, steps):
    lines = plain.makefile("r", encoding="latin-1", newline="\r\n")
    for pattern, words in steps:
        if not any(re.match(pattern, line) for line in lines):
            sys.exit(f"the server closed before TLS, instead of saying {pattern}")
        plain.sendall(words.encode())


def speak(peer):
    while octets := os.read(0, 16384):
        peer.sendall(octets)
    # SSLSocket has no close_notify of its own that does not wait for the peer's.
    try:
        peer.unwrap()
    except OSError:
        pass
    os._exit(0)


context = request.context(ssl.PROTOCOL_TLS_CLIENT)
context.load_verify_locations(os.environ["CA"])
plain = socket.create_connection((os.environ["HOST"], int(os.environ["PORT"])))
open_in_clear(plain, OPENINGS[os.environ["STARTTLS"]])
peer = context.wrap_socket(plain, server_hostname=os.environ["SERVER_NAME"])
threading.Thread(target=speak, args=(peer,), daemon=True).start()
while octets := peer.recv(16384):
    os.write(1, octets)
