"""Writes secret_sharing.json and masking.json in this folder: Shamir's shares by galois, and what keys
and masks clients derive, by cryptography.

    python3 -m venv .venv && .venv/bin/pip install cryptography==50.0.2 galois==0.4.11
    .venv/bin/python make_reference.py
"""

import json
import pathlib
import random

import cryptography
import galois
import numpy
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

PRIME = 2**61 - 1
PIECE_BITS = 52
source = random.Random(20170830)


def write(name, content):
    pathlib.Path(__file__).with_name(name).write_text(json.dumps(content) + "\n")


# Shamir: a secret of 32 bytes, five pieces of 52 bits from the lowest on, a polynomial each.
Field = galois.GF(PRIME)


def values(coefficients, points):
    """Of the polynomial with these coefficients, the constant first."""
    polynomial = galois.Poly(Field(coefficients[::-1]))
    return [int(polynomial(Field(point))) for point in points]


polynomials = []
for threshold in (1, 2, 5):
    coefficients = [source.randrange(PRIME) for _ in range(threshold)]
    points = [1, 2, 7, 2**32, PRIME - 1]
    polynomials.append({
        "coefficients": coefficients, "points": points, "values": values(coefficients, points)})

secret = source.randbytes(32)
number = int.from_bytes(secret, "little")
pieces = [number >> PIECE_BITS * index & 2**PIECE_BITS - 1 for index in range(5)]
threshold, clients = 4, [0, 3, 4, 10, 900, 2**32 - 1]
shares = [values([piece] + [source.randrange(PRIME) for _ in range(threshold - 1)],
                 [client + 1 for client in clients]) for piece in pieces]
points = Field([client + 1 for client in clients[:threshold]])
for piece, share in zip(pieces, shares):
    assert int(galois.lagrange_poly(points, Field(share[:threshold]))(0)) == piece
write("secret_sharing.json", {
    "tool": f"galois {galois.__version__}, make_reference.py",
    "polynomials": polynomials,
    "secret": secret.hex(),
    "threshold": threshold,
    "clients": clients,
    "shares": [b"".join(share[index].to_bytes(8, "little") for share in shares).hex()
               for index in range(len(clients))],
})

# Keys and masks of clients 1, 2 and 300000.
session = source.randbytes(16)
ids = [1, 2, 300000]
sharing = {client: X25519PrivateKey.from_private_bytes(source.randbytes(32)) for client in ids}
masking = {client: X25519PrivateKey.from_private_bytes(source.randbytes(32)) for client in ids}
seeds = {client: source.randbytes(32) for client in ids}


def derive(secret, label, *clients):
    info = f"tradeoff secure sum, {label}".encode() + b"".join(c.to_bytes(4, "big") for c in clients)
    return HKDF(SHA256(), 32, session, info).derive(secret)


def mask(key, dimension, bits):
    words = 4 if bits <= 32 else 8
    encryptor = Cipher(algorithms.AES(key), modes.CTR(bytes(16))).encryptor()
    stream = encryptor.update(bytes(words * dimension))
    kind = "<u4" if words == 4 else "<u8"
    return [int(word) % 2**bits for word in numpy.frombuffer(stream, kind)]


def pair_key(one, other):
    agreed = masking[one].exchange(masking[other].public_key())
    return derive(agreed, "pair mask", min(one, other), max(one, other))


def masked(client, vector, bits):
    """As figure 4 of Bonawitz et al. 2017 has it, element by element."""
    signed = [(1, derive(seeds[client], "self mask", client))]
    signed += [(1 if other > client else -1, pair_key(client, other))
               for other in ids if other != client]
    total = list(vector)
    for sign, key in signed:
        total = [element + sign * word for element, word in zip(total, mask(key, len(vector), bits))]
    return [element % 2**bits for element in total]


def private(key):
    return key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()).hex()


# Longer than one piece of the keystream, and no multiple of a block: the elements shown lie at both
# ends and around the ends of the pieces, 16384 words of 32 bits or 8192 of 64.
dimension = 16387
shown = [0, 1, 2, 3, 4, 8191, 8192, 8193, 16383, 16384, 16386]
masked_vectors = []
for bits in (1, 20, 32, 33, 64):
    vector = [index * 2654435761 % 2**bits for index in range(dimension)]
    for client in ids:
        result = masked(client, vector, bits)
        masked_vectors.append({
            "bits": bits, "client": client, "elements": [result[index] for index in shown]})

shares = source.randbytes(80)
shares_key = derive(sharing[1].exchange(sharing[2].public_key()), "shares", 1, 2)
statement = source.randbytes(50)
signer = Ed25519PrivateKey.from_private_bytes(source.randbytes(32))
write("masking.json", {
    "tool": f"cryptography {cryptography.__version__}, make_reference.py",
    "session": session.hex(),
    "clients": ids,
    "sharing_keys": [private(sharing[client]) for client in ids],
    "masking_keys": [private(masking[client]) for client in ids],
    "self_mask_seeds": [seeds[client].hex() for client in ids],
    "commitments": [derive(seeds[c], "self mask commitment", c).hex() for c in ids],
    "dimension": dimension,
    "shown": shown,
    "masked_vectors": masked_vectors,
    "sealed": {
        "from": 1, "to": 2, "plaintext": shares.hex(),
        "ciphertext": AESGCM(shares_key).encrypt(bytes(12), shares, None).hex(),
    },
    "signed": {
        "verification_key": signer.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex(),
        "statement": statement.hex(),
        "signature": signer.sign(statement).hex(),
    },
})
