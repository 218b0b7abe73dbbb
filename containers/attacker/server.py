"""Serves mail on $HOST:$PORT in the protocol $REQUEST, and attacks STARTTLS as $STARTTLS has it."""
import os
import select
import socket
import ssl
import sys
import threading
import warnings

import protocols

# Seconds that a client has to go on by itself, if it takes what was injected for an answer.
PAUSE = 0.7

# Seconds that a client has to say something, or to leave.
PATIENCE = 3

# Python warns of old versions, which are asked for on purpose.
warnings.simplefilter("ignore", DeprecationWarning)


def tls():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = context.maximum_version = ssl.TLSVersion[os.environ["VERSION"].replace(".", "_")]
    context.set_ciphers(os.environ["CIPHERS"])
    context.load_cert_chain(os.environ["CERTIFICATE"], os.environ["KEY"])
    context.load_dh_params(os.environ["SHARED"] + "/ffdhe2048.pem")
    context.keylog_filename = "keys.log"
    return context


def lines(peer):
    """What the client says. Who says hello by TLS where TLS was refused gets a line of text for it."""
    pending = b""
    while octets := peer.recv(16384):
        pending += octets
        if pending[:1] == b"\x16":
            pending = b"(a ClientHello)\n"
        while b"\n" in pending:
            line, pending = pending.split(b"\n", 1)
            yield line.decode("latin-1").rstrip("\r")


def cut(context, peer):
    """Echoes once, and ends without a close_notify."""
    with context.wrap_socket(peer, server_side=True) as peer:
        peer.sendall(peer.recv(16384))
        peer.shutdown(socket.SHUT_WR)
        # What the client still says must not be answered by an RST.
        while socket.socket.recv(peer, 16384):
            pass


def serve(context, peer):
    peer.settimeout(PATIENCE)
    if os.environ["REQUEST"] == "cut":
        return cut(context, peer)
    attack = os.environ["STARTTLS"]
    dialogue = protocols.ALL[os.environ["REQUEST"]]()
    peer.sendall(dialogue.greeting(attack).encode())
    for line in lines(peer):
        if dialogue.is_start(line) and attack == "injected":
            # One segment: the client has it all before it can say hello.
            peer.sendall(dialogue.go_ahead(line).encode())
            with context.wrap_socket(peer, server_side=True) as peer:
                converse(dialogue, peer)
                peer.unwrap()
            return
        peer.sendall(dialogue.answer(line, attack).encode())
        if dialogue.is_over:
            break
    # The client leaves first, if it wants to leave.
    select.select([peer], [], [], PATIENCE)


def converse(dialogue, peer):
    """Under TLS it is honest, and slow with its first answer: who does not wait for that took another for it."""
    is_first = True
    for line in lines(peer):
        if is_first and not peer.pending():
            select.select([peer], [], [], PAUSE)
        is_first = False
        peer.sendall(dialogue.answer(line, "none").encode())
        if dialogue.is_over:
            return


def attend(context, peer):
    try:
        with peer:
            serve(context, peer)
    except OSError as error:
        print(error, file=sys.stderr, flush=True)


context = tls()
with socket.create_server((os.environ["HOST"], int(os.environ["PORT"]))) as listener:
    while True:
        threading.Thread(target=attend, args=(context, listener.accept()[0]), daemon=True).start()
