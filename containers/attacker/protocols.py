"""As much of SMTP, IMAP and POP3 as a client needs to go on in clear text, if it would: everything succeeds.

ATTACKS: "stripped" offers no TLS, "refused" offers it and then has none, "preauth" says that the client is logged in
already, "injected" has text behind the answer after which TLS begins. Under TLS the attack is "none".
"""
import re

HOST = "srv.tlsinterop.test"


class Smtp:
    def __init__(self):
        self.is_over = False
        self.is_letter = False

    def greeting(self, attack):
        return f"220 {HOST} ESMTP\r\n"

    def is_start(self, line):
        return line.upper() == "STARTTLS"

    def go_ahead(self, line):
        return f"220 go ahead\r\n250 injected.{HOST}\r\n"

    def answer(self, line, attack):
        verb, _, more = line.upper().partition(" ")
        if self.is_letter:
            self.is_letter = line != "."
            return "" if self.is_letter else "250 2.0.0 taken\r\n"
        if verb == "EHLO":
            offers = ["STARTTLS"] if attack in ("refused", "injected") else []
            return "".join(f"250-{offer}\r\n" for offer in [HOST, *offers, "AUTH PLAIN LOGIN"]) + "250 HELP\r\n"
        if verb == "STARTTLS":
            return "454 4.7.0 no TLS today\r\n" if attack == "refused" else "502 5.5.1 no such command\r\n"
        if verb == "AUTH":
            return "235 2.7.0 welcome\r\n" if " " in more else "334 \r\n"
        if verb == "DATA":
            self.is_letter = True
            return "354 go on\r\n"
        if verb == "QUIT":
            self.is_over = True
            return "221 2.0.0 bye\r\n"
        if line.startswith("("):
            return "500 5.5.2 what?\r\n"
        # The words of an AUTH as well, of which nobody reads the answer any more.
        return "250 2.0.0 OK\r\n"


class Imap:
    def __init__(self):
        self.is_over = False
        self.is_secret = ""

    @staticmethod
    def offers(attack):
        return "IMAP4rev1" + (" STARTTLS" if attack in ("refused", "preauth", "injected") else "") + " AUTH=PLAIN"

    def greeting(self, attack):
        return f"* {'PREAUTH' if attack == 'preauth' else 'OK'} [CAPABILITY {self.offers(attack)}] {HOST}\r\n"

    def is_start(self, line):
        return line.upper().endswith(" STARTTLS")

    def go_ahead(self, line):
        # The next command's tag is the next number, or the first one of the conversations.
        tag = line.split()[0]
        following = re.sub(r"\d+$", lambda digits: str(int(digits[0]) + 1).zfill(len(digits[0])), tag)
        injected = f"* CAPABILITY {self.offers('none')}\r\n{following} OK injected\r\nb1 OK injected\r\n"
        return f"{tag} OK go ahead\r\n{injected}"

    def answer(self, line, attack):
        if self.is_secret:
            tag, self.is_secret = self.is_secret, ""
            return f"{tag} OK welcome\r\n"
        tag, verb, *_ = [*line.upper().split(), "", ""]
        tag = line[:len(tag)]
        if verb == "STARTTLS":
            return f"{tag} BAD not now\r\n"
        if verb == "CAPABILITY":
            return f"* CAPABILITY {self.offers(attack)}\r\n{tag} OK done\r\n"
        if verb == "AUTHENTICATE" and len(line.split()) < 4:
            self.is_secret = tag
            return "+ \r\n"
        if verb in ("SELECT", "EXAMINE"):
            return f"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] there\r\n{tag} OK [READ-WRITE] done\r\n"
        if verb == "LOGOUT":
            self.is_over = True
            return f"* BYE\r\n{tag} OK done\r\n"
        if line.startswith("("):
            return "* BAD what?\r\n"
        return f"{tag} OK done\r\n"


class Pop3:
    def __init__(self):
        self.is_over = False

    def greeting(self, attack):
        return f"+OK {HOST}\r\n"

    def is_start(self, line):
        return line.upper() == "STLS"

    def go_ahead(self, line):
        return "+OK go ahead\r\n+OK injected\r\nUSER\r\n.\r\n"

    def answer(self, line, attack):
        verb = line.upper().partition(" ")[0]
        if verb == "CAPA":
            offers = ["STLS"] if attack in ("refused", "injected") else []
            return "".join(f"{said}\r\n" for said in ["+OK", *offers, "USER", "SASL PLAIN", "."])
        if verb == "STLS" or line.startswith("("):
            return "-ERR not now\r\n"
        if verb == "AUTH":
            return "+OK welcome\r\n" if len(line.split()) > 2 else "+ \r\n"
        if verb in ("LIST", "UIDL"):
            return "+OK none\r\n.\r\n"
        if verb == "STAT":
            return "+OK 0 0\r\n"
        self.is_over = verb == "QUIT"
        return "+OK\r\n"


ALL = {"smtp": Smtp, "imap": Imap, "pop3": Pop3}
