#!/usr/bin/env python3
"""Checks a Framdrift log without Framdrift: Python 3.8 or later, nothing else.

    python3 verify.py KEYS CHECKPOINT LOG.jsonl    every event of the log, in order
    python3 verify.py KEYS EVENT.tlog-proof        one event; its line is printed

KEYS holds public keys, one a line: the log's, and those of the witnesses that must
have seen it. Each of them must have signed. Exit code 0 says that it holds, 1 that it
does not, and 2 that it was not asked right. The formats are those of RFC 6962 and of
c2sp.org: signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof."""
import base64, hashlib, sys, time

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT_OF_MINUS_1 = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)


class No(Exception):
    pass


def check(holds, why):
    if not holds:
        raise No(why)


# Ed25519 (RFC 8032, 5.1). A point is X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z.
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    return q


def point(b):
    y = int.from_bytes(b, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    check(y < P and (x * x - square) % P == 0 and (x or not sign), "a public key is not one of Ed25519")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed25519(public, message, signature):
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L
    x, y, z, t = point(public)
    x, y, z, t = add(times(s, BASE), times(k, (P - x, y, z, P - t)))  # sB - kA, which must be R
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    return len(signature) == 64 and s < L and (y | (x & 1) << 255).to_bytes(32, "little") == r


def unbase64(text):
    b = base64.b64decode(text)
    check(base64.b64encode(b).decode() == text, "not base64: %.80r" % text)
    return b


def number(text):
    check(text.isascii() and text.isdigit() and str(int(text)) == text, "not a number: %.80r" % text)
    return int(text)


def leaf(line):
    return hashlib.sha256(b"\0" + line).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of_file(path):
    """The number of lines and the Merkle tree hash: full subtrees are merged as they meet."""
    size, edge = 0, []
    with open(path, "rb") as log:
        for line in log:
            check(line.endswith(b"\n"), "%s: line %d has no newline at its end" % (path, size + 1))
            h, n = leaf(line), size
            while n & 1:
                h, n = node(edge.pop(), h), n >> 1
            edge.append(h)
            size += 1
    h = edge.pop() if edge else hashlib.sha256().digest()
    while edge:
        h = node(edge.pop(), h)
    return size, h


def root_of_proof(index, size, h, path):
    """Where the path leads from a leaf (RFC 9162, 2.1.3.2)."""
    n, last = index, size - 1
    for sibling in path:
        check(last, "the proof has too many hashes")
        if n & 1 or n == last:
            h = node(sibling, h)
            while not n & 1 and n:
                n, last = n >> 1, last >> 1
        else:
            h = node(h, sibling)
        n, last = n >> 1, last >> 1
    check(last == 0, "the proof has too few hashes")
    return h


def verify_note(keys, note):
    """Origin, size and root of a checkpoint that every key has signed. Prints who has."""
    text, empty, signatures = note.rpartition("\n\n")
    lines = [line.split(" ") for line in signatures.split("\n")]
    check(empty and lines.pop() == [""], "the checkpoint is not a signed note")
    check(all(len(s) == 3 and s[0] == "—" for s in lines), "a signature line of the checkpoint is not one")
    body, text = text.split("\n"), text + "\n"
    check(len(body) >= 3 and all(body), "the checkpoint has not three lines")
    origin, size, root = body[0], number(body[1]), unbase64(body[2])
    check(any(key.startswith(origin + "+") for key in keys), "the checkpoint is of %s, and no key is" % origin)
    for key in keys:
        name, key_id, public = (key.split("+", 2) + ["", ""])[:3]
        public = unbase64(public)
        want = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
        use = 1 if name == origin else 4  # a log's key or a witness's
        check(len(public) == 33 and public[0] == use and want.hex() == key_id, "not a key for this: %.80r" % key)
        mine = [b[4:] for b in (unbase64(s[2]) for s in lines if s[1] == name) if b[:4] == want]
        check(mine, "%s has not signed the checkpoint" % name)
        message, signature, when = text.encode(), mine[0], ""
        if use == 4:  # a witness signs the time too
            seconds, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = b"cosignature/v1\ntime %d\n" % seconds + message
            when = time.strftime(" at %Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
        check(ed25519(public[1:], message, signature), "the signature by %s is wrong" % name)
        print("signed by %s%s" % (name, when))
    return origin, size, root


def main(keys_path, first, log=None):
    with open(keys_path, encoding="utf-8") as f:
        keys = f.read().split()
    with open(first, encoding="utf-8", newline="") as f:
        text = f.read()
    if log is not None:
        origin, size, root = verify_note(keys, text)
        has, got = root_of_file(log)
        check(has == size, "%s has %d events, and the checkpoint %d" % (log, has, size))
        check(got == root, "%s is not the log that was signed" % log)
        print("%s: all %d events are those of %s" % (log, size, origin))
        return
    head, empty, note = text.partition("\n\n")
    head = head.split("\n")
    check(head[0] == "c2sp.org/tlog-proof@v1" and empty and len(head) > 2, "%s is not a proof" % first)
    check(head[1].startswith("extra ") and head[2].startswith("index "), "%s does not hold its event" % first)
    line, index = unbase64(head[1][6:]), number(head[2][6:])
    origin, size, root = verify_note(keys, note)
    check(index < size, "there is no event at position %d of %d" % (index + 1, size))
    got = root_of_proof(index, size, leaf(line), [unbase64(h) for h in head[3:]])
    check(got == root, "the event is not at position %d of the log that was signed" % (index + 1))
    print("at position %d of %d in %s:\n%s" % (index + 1, size, origin, line.decode()), end="")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    try:
        main(*sys.argv[1:])
    except (No, OSError, OverflowError, ValueError) as no:
        print("NOT VERIFIED: %s" % no, file=sys.stderr)
        sys.exit(1)
