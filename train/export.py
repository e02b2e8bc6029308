"""Steps 3 and 6: writes the model file that src/nn/model.c reads: weights in 8 bits, packed for the kernels, labels, tables."""
import argparse
import numpy as np
from common import *
from load import load
import pack
from pack import fnv, linear, put, sections
from model import ARC, REL, D, HEADS, Encoder, Reader

ap = argparse.ArgumentParser()
ap.add_argument("checkpoint", help="file in the output folder; A.pt+B.pt: the mean of their weights; or a model file, to be packed anew")
ap.add_argument("target")
ap.add_argument("--no-name", type=float, default=0.75, help="added to the score of no name (a model file has it already; give what it lacks): what was written for names is fuller of them than text is")
ap.add_argument("--start", type=float, default=0.5, help="added to the score of a sentence's start: written and unlabelled text comes sentence by sentence")
a = ap.parse_args()
CALIBRATION = 120   # documents


def factors(m, vocab, labels):
    """of each map of each layer, what its inputs are multiplied by so that all columns are of like size, and weights not much
    less so (SmoothQuant); measured on a part of the treebank's training data"""
    largest, maps = {}, [(i, part, getattr(l, part)) for i, l in enumerate(m.enc.layers) for part in ("qkv", "out", "up", "down")]

    def see(key):
        def hook(_, x):
            top = x[0].abs().reshape(-1, x[0].shape[-1]).amax(0)
            largest[key] = torch.maximum(largest.get(key, top), top)
        return hook
    hooks = [l.register_forward_pre_hook(see((i, part))) for i, part, l in maps]
    docs = read_ewt(f"{DATA}/syntax/en_ewt-ud-train.conllu", None)[:CALIBRATION]
    segs = ewt_segments(docs, vocab, labels)
    m.eval()
    with torch.no_grad():
        for g in batches(segs, 4096, random.Random(0), False):
            b = collate([segs[i] for i in g])
            m.enc(b["ids"], b["feats"], b["lens"])
    for h in hooks:
        h.remove()
    return {(i, part): pack.smooth(largest[i, part], l.weight) for i, part, l in maps}


vocab = Vocab(f"{WEIGHTS}/vocab.txt")
labels = Labels(json.load(open(f"{OUT}/labels.json")))
if a.checkpoint.endswith(".model"):
    m, keep, inner = load(a.checkpoint, labels, vocab)
    parts = [{"model": m.state_dict(), "keep": keep, "inner": inner}]
else:
    parts = [torch.load(f"{OUT}/{x}") for x in a.checkpoint.split("+")]
ck, states = parts[0], [p.get("model", p) for p in parts]
state = {k: sum(s[k] for s in states) / len(states) for k in states[0]}
keep, inner = ck.get("keep", list(range(6))), ck.get("inner", 1536)
m = Reader(Encoder(len(vocab.pieces), len(keep), inner), labels.sizes)
m.load_state_dict(state, strict=False)
with torch.no_grad():
    m.tags.bias[labels.sizes["upos"]] += a.no_name
    m.tags.bias[labels.sizes["upos"] + labels.sizes["ner"] + 1] += a.start
e = m.enc
factor = factors(m, vocab, labels)


with torch.no_grad():
    w = e.word.weight.numpy()
    scale = np.maximum(np.abs(w).max(1), 1e-12) / 127
    put("words", np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8))
    put("words.s", scale.astype(np.float32))
    put("positions", e.pos.weight.numpy())
    put("features", e.feat.weight.numpy())
    put("names", (e.body.weight[:, None] + e.gaz.weight[None]).reshape(64, D).numpy())
    pack.put_norm("norm", e.ln, factor[0, "qkv"])
    for i, l in enumerate(e.layers):
        pack.put_layer(f"layer{i}", l, {part: factor[i, part] for part in ("qkv", "out", "up", "down")}, factor.get((i + 1, "qkv")), HEADS)
    linear("tags", m.tags.weight, m.tags.bias)
    linear("arc", m.arc.weight, m.arc.bias)
    linear("arc.pair", m.arc_u[:ARC].t(), m.arc_u[ARC])
    # relations: [1 + head's vector][relation], so that the kernels weigh whole rows; the rarest are left out to fit 48
    count = collections.Counter(w.rel for d in read_ewt(f"{DATA}/syntax/en_ewt-ud-train.conllu", None) for p in d for s in p for w in s)
    rels = sorted(sorted(labels.sets["rel"], key=lambda x: -count[x])[:48])
    u = torch.zeros(48, REL + 1, REL + 1)           # [relation, dependent, head], the last of each is the constant 1
    u[:len(rels)] = m.rel_u[[labels.ix["rel"][x] for x in rels]]
    pair = u.permute(2, 0, 1).reshape((REL + 1) * 48, REL + 1)
    linear("rel.pair", pair[:, :REL], pair[:, REL])
    labels.sets["rel"] = rels
    linear("vector", m.emb.weight, m.emb.bias)

text = [p.encode() for p in vocab.pieces]
at = np.cumsum([0] + [len(t) for t in text]).astype(np.uint32)
slots = np.zeros(1 << 16, np.uint32)
for i, t in enumerate(text):
    h = fnv(t) & 0xFFFF
    while slots[h]:
        h = (h + 1) & 0xFFFF
    slots[h] = i + 1
put("pieces", b"".join(text)); put("pieces.at", at); put("pieces.slots", slots)
size = 1 << 18
names = np.zeros(size, np.uint32)
for key, flags in NAMES.items():
    h = fnv(key.encode())
    k = h & (size - 1)
    while names[k]:
        k = (k + 1) & (size - 1)
    names[k] = (h >> 32 & 0xFFFFFFC0) | flags
put("names.slots", names)
for k in ("upos", "ner", "rel", "lemma"):
    put("labels." + k, "".join(x + "\n" for x in labels.sets[k]).encode())
config = dict(width=D, heads=HEADS, layers=len(keep), inner=inner, vocabulary=len(text), positions=e.pos.weight.shape[0],
              features=e.feat.weight.shape[0], names=64, arc=ARC, rel=REL, unknown=vocab.unk, root=vocab.cls)
put("config", "".join(f"{k} {v}\n" for k, v in config.items()).encode())
print(f"{a.target}: {pack.write(a.target)} bytes, {len(sections)} sections, {len(keep)} layers, inner {inner}")
