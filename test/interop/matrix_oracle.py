"""Who may read what in an agenix repository, and who provably can: worked out again, from nothing of keyhole's.

    python3 matrix_oracle.py ROOT < KEYS

KEYS is a JSON list of public keys. Prints {"rules": [...], "rows": {PATH: {"declared": [KEY...], "onFile": {KEY: ANSWER}}}}:
the rules by nix-instantiate (restricted, without environment), the files by a reading of their headers (C2SP age.md).
"""

import base64
import binascii
import hashlib
import json
import os
import subprocess
import sys
import tempfile

SSH = ("ssh-ed25519", "ssh-rsa")


def canonical(line):
    """A key without its comment, as two spellings of it have in common."""
    words = line.split()
    if words and words[0] in SSH and len(words) > 1:
        return f"{words[0]} {words[1]}"
    return line.strip().lower() if line.strip().lower().startswith("age1") else line.strip()


def keys_of(entry):
    """agenix prints each string and reads the lines."""
    lines = [line for text in entry["publicKeys"] for line in text.split("\n")]
    return list(dict.fromkeys(canonical(line) for line in lines if line.strip()))


def evaluate(root, path):
    with tempfile.TemporaryDirectory() as empty:
        command = ["nix-instantiate", "--eval", "--strict", "--json"]
        for name, value in {
            "restrict-eval": "true",
            "allowed-uris": "",
            "allow-import-from-derivation": "false",
            "substitute": "false",
            "builders": "",
            "pure-eval": "false",
        }.items():
            command += ["--option", name, value]
        command += ["-I", f"root={root}", "--argstr", "p", path, "-E", "{p}: import (/. + p)"]
        env = {"PATH": os.environ["PATH"], "HOME": empty, "NIX_CONF_DIR": empty, "NIX_PATH": "", "NIX_REMOTE": "dummy://"}
        run = subprocess.run(command, env=env, capture_output=True, timeout=60, check=False)
    if run.returncode != 0:
        return None
    value = json.loads(run.stdout)
    is_rules = isinstance(value, dict) and value != {} and all(
        isinstance(entry, dict) and isinstance(entry.get("publicKeys"), list) for entry in value.values()
    )
    return value if is_rules else None


def tracked(root):
    listed = subprocess.run(["git", "-C", root, "-c", "core.fsmonitor=false", "ls-files", "-z"], capture_output=True, check=True)
    return [os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]


def age_body(data):
    """The bytes of a binary age file; None when it is neither binary nor armored."""
    if data.startswith(b"age-encryption.org/v1\n"):
        return data
    lines = data.decode("latin1").strip().splitlines()
    if len(lines) < 3 or lines[0] != "-----BEGIN AGE ENCRYPTED FILE-----":
        return None
    try:
        return base64.b64decode("".join(lines[1:-1]))
    except binascii.Error:
        return None


def stanzas_of(data):
    """(type, first argument) of every stanza but grease; None when there is no header."""
    body = age_body(data)
    if body is None or not body.startswith(b"age-encryption.org/v1\n"):
        return None
    found = []
    for line in body.split(b"\n"):
        if line.startswith(b"---"):
            return [one for one in found if not one[0].endswith("-grease")]
        if line.startswith(b"-> "):
            words = line.decode("latin1").split(" ")[1:]
            found.append((words[0], words[1] if len(words) > 1 else None))
    return None


def short_tag(data):
    return base64.b64encode(hashlib.sha256(data).digest()[:4]).decode().rstrip("=")


BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def bech32_payload(text):
    bits = number = 0
    out = bytearray()
    for letter in text[text.rindex("1") + 1 : -6]:
        number = (number << 5 | BECH32.index(letter)) & 0xFFF
        bits += 5
        if bits >= 8:
            bits -= 8
            out.append(number >> bits & 0xFF)
    return bytes(out)


def on_file(key, stanzas):
    """yes, no, or unknown: as far as the header proves."""
    kind = key.split(" ")[0]
    types = {name for name, _ in stanzas}
    if kind in SSH:
        tag = short_tag(base64.b64decode(key.split(" ")[1]))
        return "yes" if (kind, tag) in stanzas else "no"
    if key.startswith("age1yubikey1"):
        tag = short_tag(bech32_payload(key))
        return "yes" if ("piv-p256", tag) in stanzas else "no"
    if key.startswith("age1pq1"):
        return "unknown" if "mlkem768x25519" in types else "no"
    if key.startswith("age1"):
        return "unknown" if "X25519" in types else "no"
    return "no"


def main():
    root = os.path.realpath(sys.argv[1])
    asked = json.load(sys.stdin)
    files = tracked(root)
    rules, declared = [], {}
    for path in sorted(name for name in files if name.endswith(".nix")):
        full = os.path.join(root, path)
        if os.path.islink(full) or b"publicKeys" not in open(full, "rb").read():
            continue
        value = evaluate(root, full)
        if value is None:
            continue
        rules.append(path)
        beside = os.path.dirname(path)
        there = lambda base: sum(os.path.exists(os.path.join(root, base, key)) for key in value)
        base = beside if there(beside) >= there("") else ""
        for key, entry in value.items():
            declared.setdefault(os.path.normpath(os.path.join(base, key)), keys_of(entry))
    rows = {}
    for path in sorted({*declared, *(name for name in files if name.endswith(".age"))}):
        full = os.path.join(root, path)
        if not os.path.exists(full):
            answers = {key: "no" for key in asked}
            if path not in declared:
                continue
        else:
            stanzas = stanzas_of(open(full, "rb").read())
            answers = {key: "unknown" if stanzas is None else on_file(key, stanzas) for key in asked}
        rows[path] = {"declared": declared.get(path, []), "onFile": answers}
    json.dump({"rules": rules, "rows": rows}, sys.stdout)


main()
