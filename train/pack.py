"""The model file that src/nn/model.c reads: sections by name, weights in 8 bits, packed for the kernels."""
import struct
import numpy as np

MASK = (1 << 64) - 1
ZERO, GROUP, GROUP_MAX = 64, 32, 258   # as in nn.h


def fnv(data, h=0xCBF29CE484222325):
    for b in data:
        h = (h ^ b) * 0x100000001B3 & MASK
    return h


def checksum(data):
    prime = 0x9E3779B97F4A7C15
    n = len(data)
    whole = np.frombuffer(data[:n // 32 * 32], dtype=np.uint64).reshape(-1, 4)
    lanes = np.array([1, 2, 3, 4], dtype=np.uint64)
    p, s = np.uint64(prime), np.uint64(29)
    with np.errstate(over="ignore"):
        for row in whole:
            lanes = (lanes ^ row) * p
            lanes ^= lanes >> s
    total = n
    for b in data[n // 32 * 32:]:
        total = (total ^ b) * prime & MASK
    for l in lanes.tolist():
        total = (total ^ l ^ (l >> 32)) * prime & MASK
    return total


sections = {}


def put(name, data):
    sections[name] = data if isinstance(data, bytes) else np.ascontiguousarray(data).tobytes()


def heaviest(w):
    """of each output, the most that its positive or its negative weights add up to in a group of inputs (nn.h)"""
    g = w.reshape(len(w), -1, GROUP // 4, 2, 2)
    return np.maximum(g.clip(min=0).sum((2, 4)), (-g).clip(min=0).sum((2, 4))).reshape(len(w), -1).max(1)


def linear(name, w, b):
    """rows of w are outputs; scale by output, symmetric, as fine as 8 bits and the groups' bound allow"""
    w, b = w.detach().float().numpy(), b.detach().float().numpy()
    used, n = w.shape
    out = (used + 31) // 32 * 32
    wide, bias = np.zeros((out, n), np.float32), np.zeros(out, np.float32)
    wide[:used], bias[:used] = w, b
    scale = np.maximum(np.maximum(np.abs(wide).max(1) / 127, heaviest(wide) / GROUP_MAX), 1e-14)
    while True:
        q = np.rint(wide / scale[:, None])
        heavy = heaviest(q) > GROUP_MAX     # by rounding
        if not heavy.any():
            break
        scale[heavy] *= 1.01
    q = q.astype(np.int8)
    put(name + ".w", q.reshape(out // 16, 16, n // 4, 4).transpose(0, 2, 1, 3))
    put(name + ".s", scale.astype(np.float32))
    put(name + ".b", bias)
    put(name + ".z", (-ZERO * q.astype(np.int32).sum(1)).astype(np.int32))


def smooth(largest, weight):
    """what the inputs of a map are multiplied by so that all columns are of like size, and weights not much less so (SmoothQuant)"""
    size = largest.clamp(min=1e-4) ** 0.75 / weight.detach().abs().amax(0).clamp(min=1e-5) ** 0.25
    return size.log().mean().exp() / size


def put_layer(prefix, l, f, after, heads):
    """one layer of the encoder; f: the factors of its maps' inputs; after: of what comes behind it"""
    import torch
    d = l.qkv.in_features
    qkv, bias = l.qkv.weight.detach().clone(), l.qkv.bias.detach().clone()
    qkv[:d] *= (d // heads) ** -0.5
    bias[:d] *= (d // heads) ** -0.5
    qkv[2 * d:] *= f["out"][:, None]       # the values, so that what attention mixes of them is of like size already
    bias[2 * d:] *= f["out"]
    linear(f"{prefix}.qkv", qkv / f["qkv"], bias)
    linear(f"{prefix}.out", l.out.weight.detach() / f["out"], l.out.bias)
    linear(f"{prefix}.up", l.up.weight.detach() / f["up"], l.up.bias)
    linear(f"{prefix}.down", l.down.weight.detach() / f["down"], l.down.bias)
    put_norm(f"{prefix}.norm1", l.ln1, f["up"])
    put_norm(f"{prefix}.norm2", l.ln2, after if after is not None else torch.ones(d))
    put(f"{prefix}.factor", f["down"].numpy())


def put_norm(name, ln, f):
    import torch
    put(name, torch.cat([ln.weight.detach(), ln.bias.detach(), f]).numpy())


def read(path):
    """the sections of a model file"""
    blob = open(path, "rb").read()
    for i in range(struct.unpack_from("<8sII", blob)[2]):
        name, at, size = struct.unpack_from("<48sQQ", blob, 64 + 64 * i)
        put(name.rstrip(b"\0").decode(), blob[at:at + size])


def write(path):
    """all sections put so far; returns the bytes of the file"""
    table = b""
    offset = 64 + 64 * len(sections)
    for name, data in sections.items():
        offset += -offset % 64
        table += struct.pack("<48sQQ", name.encode(), offset, len(data))
        offset += len(data)
    out = bytearray(table)
    for name, data in sections.items():
        out += b"\0" * (-(len(out) + 64) % 64) + data
    blob = bytes(out)
    with open(path, "wb") as f:
        f.write(struct.pack("<8sIIQQ32x", b"SITREPNN", 2, len(sections), 64 + len(blob), checksum(blob)) + blob)
    return 64 + len(blob)
