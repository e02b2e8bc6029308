"""Takes a BERT encoder's weights out of a TensorFlow checkpoint and writes them under the names that model.py reads.

    python tf_encoder.py FOLDER/variables/variables ENCODER/model.safetensors

The index is a sorted string table of LevelDB: blocks of entries whose keys share a prefix, the values protocol buffers that say
where a tensor lies in the data file (TensorFlow's tensor_bundle.proto)."""
import re
import sys
import numpy as np
from safetensors.numpy import save_file


def varint(b, at):
    value = shift = 0
    while True:
        value |= (b[at] & 127) << shift
        at += 1
        if b[at - 1] < 128:
            return value, at
        shift += 7


def block(b, at):
    """the entries of the block whose handle (offset, size) stands at `at`"""
    offset, at = varint(b, at)
    size, _ = varint(b, at)
    assert b[offset + size] == 0, "a packed block"
    d = b[offset:offset + size]
    end, at, key = len(d) - 4 - 4 * int.from_bytes(d[-4:], "little"), 0, b""
    while at < end:
        shared, at = varint(d, at)
        own, at = varint(d, at)
        length, at = varint(d, at)
        key = key[:shared] + d[at:at + own]
        at += own
        yield key, d[at:at + length]
        at += length


def fields(b):
    """the fields of a protocol buffer: number, value"""
    at = 0
    while at < len(b):
        tag, at = varint(b, at)
        if tag & 7 == 0:
            value, at = varint(b, at)
        elif tag & 7 == 2:
            size, at = varint(b, at)
            value, at = b[at:at + size], at + size
        else:
            size = 4 if tag & 7 == 5 else 8
            value, at = b[at:at + size], at + size
        yield tag >> 3, value


def tensors(prefix):
    index = open(prefix + ".index", "rb").read()
    data = np.memmap(prefix + ".data-00000-of-00001", np.uint8, "r")
    _, at = varint(index, len(index) - 48)
    _, at = varint(index, at)
    for _, handle in block(index, at):
        for key, value in block(index + handle, len(index)):
            entry = dict(fields(value))
            if key and entry.get(1) == 1:   # 32-bit floats
                shape = [dict(fields(d)).get(1, 0) for n, d in fields(entry.get(2, b"")) if n == 2]
                offset, size = entry.get(4, 0), entry[5]
                yield key.decode(), np.array(data[offset:offset + size]).view(np.float32).reshape(shape)


NAMES = (("layer_", "layer."), ("/", "."), ("kernel", "weight"), ("gamma", "weight"), ("beta", "bias"))
out = {}
for name, value in tensors(sys.argv[1]):
    m = re.search(r"bert/((embeddings|encoder)/.*)$", name)
    if not m or "dam" in name:
        continue
    key = m[1]
    for a, b in NAMES:
        key = key.replace(a, b)
    if key.endswith(("word_embeddings", "position_embeddings", "token_type_embeddings")):
        key += ".weight"
    out[key] = np.ascontiguousarray(value.T if name.endswith("kernel") else value)
save_file(out, sys.argv[2])
print(sys.argv[2], len(out), "tensors,", sum(k.endswith("query.weight") for k in out), "layers")
