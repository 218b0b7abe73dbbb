"""What the environment asks for, as an ssl.SSLContext."""
import os
import ssl
import warnings

# Python warns of old versions, which are asked for on purpose.
warnings.simplefilter("ignore", DeprecationWarning)


def context(protocol):
    asked = ssl.SSLContext(protocol)
    if os.environ["VERSION"]:  # else what the module does by itself
        asked.minimum_version = asked.maximum_version = ssl.TLSVersion[os.environ["VERSION"].replace(".", "_")]
        asked.set_ciphers(os.environ["CIPHERS"])
    asked.keylog_filename = "keys.log"
    return asked
