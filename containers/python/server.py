"""Echoes whatever it receives."""
import os
import socket
import ssl
import sys
import threading

import request


def echo(context, plain):
    try:
        with context.wrap_socket(plain, server_side=True) as peer:
            while octets := peer.recv(16384):
                peer.sendall(octets)
            peer.unwrap()
    except OSError as error:
        print(error, file=sys.stderr, flush=True)


def requested():
    context = request.context(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.environ["CERTIFICATE"], os.environ["KEY"])
    context.load_dh_params(os.environ["SHARED"] + "/ffdhe2048.pem")
    return context


context = requested()
with socket.create_server((os.environ["HOST"], int(os.environ["PORT"]))) as listener:
    while True:
        plain = listener.accept()[0]
        # Sessions and the keys of tickets are a context's own: another one has forgotten them.
        if os.environ["RESUME"] == "forget":
            context = requested()
        threading.Thread(target=echo, args=(context, plain), daemon=True).start()
