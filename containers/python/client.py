"""Passes standard input to the server and the server's words to standard output."""
import os
import re
import select
import socket
import ssl
import sys

import request

# What is said in the clear: how the line looks that the server must have said, then what the client says.
OPENINGS = {
    "smtp": [("220 ", "EHLO tlsinterop.test\r\n"), ("250 ", "STARTTLS\r\n"), ("220 ", "")],
    "imap": [(r"\* OK", "a0 STARTTLS\r\n"), ("a0 OK", "")],
    "pop3": [(r"\+OK", "STLS\r\n"), (r"\+OK", "")],
    "": [],
}


def open_in_clear(plain, steps):
    lines = plain.makefile("r", encoding="latin-1", newline="\r\n")
    for pattern, words in steps:
        if not any(re.match(pattern, line) for line in lines):
            sys.exit(f"the server closed before TLS, instead of saying {pattern}")
        plain.sendall(words.encode())


def speak(peer):
    """False at the end of standard input, after which the peer is told that nothing more comes."""
    octets = os.read(0, 16384)
    if octets:
        peer.setblocking(True)
        peer.sendall(octets)
        peer.setblocking(False)
        return True
    try:
        peer.unwrap()
    except OSError:
        pass  # The peer's close_notify is not there yet: SSLSocket has no word for its own alone.
    return False


context = request.context(ssl.PROTOCOL_TLS_CLIENT)
context.load_verify_locations(os.environ["CA"])
plain = socket.create_connection((os.environ["HOST"], int(os.environ["PORT"])))
open_in_clear(plain, OPENINGS[os.environ["STARTTLS"]])
peer = context.wrap_socket(plain, server_hostname=os.environ["SERVER_NAME"])
# An SSL object is not for two threads, and a NewSessionTicket may be all that there is to read: so nothing waits in it.
peer.setblocking(False)
ends = [peer, 0]
while True:
    if 0 in select.select(ends, [], [])[0] and not speak(peer):
        ends.remove(0)
    try:
        while octets := peer.recv(16384):
            os.write(1, octets)
        break
    except ssl.SSLWantReadError:
        pass
    except OSError:
        # The peer's answer to a close_notify is an error as well.
        if 0 in ends:
            raise
        break
