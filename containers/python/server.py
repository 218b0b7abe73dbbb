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


context = request.context(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(os.environ["CERTIFICATE"], os.environ["KEY"])
context.load_dh_params(os.environ["SHARED"] + "/ffdhe2048.pem")
with socket.create_server((os.environ["HOST"], int(os.environ["PORT"]))) as listener:
    while True:
        threading.Thread(target=echo, args=(context, listener.accept()[0]), daemon=True).start()
