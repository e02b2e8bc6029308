"""Reads a model file back into a Reader, its weights as the 8 bits say: where step 5 begins."""
import struct
import numpy as np
from common import *
from model import ARC, REL, D, HEADS, Encoder, Reader

def load(path, labels, vocab):
    blob = open(path, "rb").read()
    magic, ver, n, size, _ = struct.unpack("<8sIIQQ", blob[:32])
    sec = {}
    for i in range(n):
        name, off, length = struct.unpack("<48sQQ", blob[64 + 64 * i:128 + 64 * i])
        sec[name.rstrip(b"\0").decode()] = blob[off:off + length]
    f = lambda k: torch.tensor(np.frombuffer(sec[k], np.float32).copy())
    def linear(name, used, n):
        s = f(name + ".s"); out = len(s)
        q = np.frombuffer(sec[name + ".w"], np.int8).reshape(out // 16, n // 4, 16, 4).transpose(0, 2, 1, 3).reshape(out, n).copy()
        w = torch.tensor(q).float() * s[:, None]
        return w[:used], f(name + ".b")[:used]
    cfg = dict(l.split() for l in sec["config"].decode().split("\n") if l)
    L, inner = int(cfg["layers"]), int(cfg["inner"])
    m = Reader(Encoder(len(vocab.pieces), L, inner), labels.sizes)
    e = m.enc
    with torch.no_grad():
        w = torch.tensor(np.frombuffer(sec["words"], np.int8).reshape(-1, D).copy()).float() * f("words.s")[:, None]
        e.word.weight.copy_(w)
        e.pos.weight.copy_(f("positions").view(-1, D)); e.feat.weight.copy_(f("features").view(-1, D)); listed = f("names").view(-1, D)
        e.gaz.weight.copy_(listed[:16])
        if len(listed) == 64:
            e.body.weight.copy_(listed[::16] - listed[0])
        def norm(name, ln):
            gain, bias, factor = f(name).view(3, D)
            ln.weight.copy_(gain); ln.bias.copy_(bias)
            return factor
        into = norm("norm", e.ln)
        for i, l in enumerate(e.layers):
            w, b = linear(f"layer{i}.qkv", 3 * D, D)
            w *= into
            w[:D] /= (D // HEADS) ** -0.5; b[:D] /= (D // HEADS) ** -0.5
            l.qkv.weight.copy_(w); l.qkv.bias.copy_(b)
            for part, o, n, into in (("out", D, D, 1), ("up", inner, D, norm(f"layer{i}.norm1", l.ln1)), ("down", D, inner, f(f"layer{i}.factor"))):
                w, b = linear(f"layer{i}.{part}", o, n)
                getattr(l, part).weight.copy_(w * into); getattr(l, part).bias.copy_(b)
            into = norm(f"layer{i}.norm2", l.ln2)
        w, b = linear("tags", m.tags.weight.shape[0], D); m.tags.weight.copy_(w); m.tags.bias.copy_(b)
        w, b = linear("arc", m.arc.weight.shape[0], D); m.arc.weight.copy_(w); m.arc.bias.copy_(b)
        w, b = linear("arc.pair", ARC, ARC); m.arc_u[:ARC].copy_(w.t()); m.arc_u[ARC].copy_(b)
        w, b = linear("rel.pair", (REL + 1) * 48, REL)
        u = torch.cat([w, b[:, None]], 1).view(REL + 1, 48, REL + 1).permute(1, 2, 0)
        m.rel_u.zero_()
        rels = sec["labels.rel"].decode().split("\n")[:-1]
        assert set(rels) <= set(labels.ix["rel"]), set(rels) - set(labels.ix["rel"])
        for i, r in enumerate(rels):
            m.rel_u[labels.ix["rel"][r]].copy_(u[i])
        w, b = linear("vector", D, D); m.emb.weight.copy_(w); m.emb.bias.copy_(b)
        for k in ("upos", "ner", "lemma"):
            assert sec["labels." + k].decode().split("\n")[:-1] == labels.sets[k], k
        u0 = labels.sizes["upos"]; ns = labels.sizes["ner"]
        m.tweet.weight.copy_(m.tags.weight[u0:u0 + ns]); m.tweet.bias.copy_(m.tags.bias[u0:u0 + ns])
    return m, list(range(L)), inner
