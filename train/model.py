"""The encoder (BERT's, any number of layers and any inner width) with its heads."""
import json
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

D, HEADS = 384, 12
ARC, REL = 128, 64


def drop(x, p, training):
    """dropout with one mask for all positions of a segment: as good here, and far cheaper on a CPU"""
    if not training or not p:
        return x
    return x * ((torch.rand(x.shape[0], 1, x.shape[2]) >= p).to(x.dtype) / (1 - p))


class Layer(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.qkv = nn.Linear(D, 3 * D)
        self.out = nn.Linear(D, D)
        self.ln1 = nn.LayerNorm(D, eps=1e-12)
        self.up = nn.Linear(D, inner)
        self.down = nn.Linear(inner, D)
        self.ln2 = nn.LayerNorm(D, eps=1e-12)

    def forward(self, x, mask, p):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, D // HEADS).permute(2, 0, 3, 1, 4)
        a = torch.softmax((q @ k.transpose(2, 3)) * (D // HEADS) ** -0.5 + mask, -1, dtype=q.dtype) @ v
        a = self.out(a.transpose(1, 2).reshape(b, n, D))
        x = self.ln1(x + drop(a, p, self.training))
        return self.ln2(x + drop(self.down(F.gelu(self.up(x))), p, self.training))


class Encoder(nn.Module):
    def __init__(self, vocab, layers, inner, features=28, positions=256):
        super().__init__()
        self.word = nn.Embedding(vocab, D)
        self.pos = nn.Embedding(positions, D)
        self.feat = nn.Embedding(features, D)      # shape and spacing
        self.gaz = nn.Embedding(16, D)             # listed names: persons and places,
        self.body = nn.Embedding(4, D)             # bodies and others
        for e in (self.feat, self.gaz, self.body):
            nn.init.zeros_(e.weight)
        self.ln = nn.LayerNorm(D, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))
        self.p = 0.1

    def forward(self, ids, feats, lens, states=False):
        n = ids.shape[1]
        pos = torch.arange(n)
        x = self.word(ids) + self.pos(pos)[None]
        if feats is not None:
            x = x + self.feat(feats % 32) + self.gaz(feats // 32 % 16) + self.body(feats // 512)
        x = drop(self.ln(x), self.p, self.training)
        mask = torch.where(pos[None] < lens[:, None], 0.0, -1e4)[:, None, None, :].to(torch.bfloat16 if torch.is_autocast_enabled("cpu") else x.dtype)
        out = [x]
        for l in self.layers:
            x = l(x, mask, self.p)
            out.append(x)
        return out if states else x

    @staticmethod
    def pretrained(path, layers=6, inner=1536):
        """the weights of the safetensors file; type embedding 0 is folded into the positions"""
        from safetensors.torch import load_file
        w = load_file(path)
        e = Encoder(w["embeddings.word_embeddings.weight"].shape[0], layers, inner)
        with torch.no_grad():
            e.word.weight.copy_(w["embeddings.word_embeddings.weight"])
            e.pos.weight.copy_(w["embeddings.position_embeddings.weight"][:256] + w["embeddings.token_type_embeddings.weight"][0])
            e.ln.weight.copy_(w["embeddings.LayerNorm.weight"]); e.ln.bias.copy_(w["embeddings.LayerNorm.bias"])
            for i, l in enumerate(e.layers):
                p = f"encoder.layer.{i}."
                for kind in ("weight", "bias"):
                    getattr(l.qkv, kind).copy_(torch.cat([w[p + f"attention.self.{x}.{kind}"] for x in ("query", "key", "value")]))
                    getattr(l.out, kind).copy_(w[p + f"attention.output.dense.{kind}"])
                    getattr(l.ln1, kind).copy_(w[p + f"attention.output.LayerNorm.{kind}"])
                    getattr(l.up, kind).copy_(w[p + f"intermediate.dense.{kind}"])
                    getattr(l.down, kind).copy_(w[p + f"output.dense.{kind}"])
                    getattr(l.ln2, kind).copy_(w[p + f"output.LayerNorm.{kind}"])
        return e


class Reader(nn.Module):
    """encoder + heads on the first piece of each word; piece 0 ([CLS]) stands for the root"""

    def __init__(self, enc, sizes):
        super().__init__()
        self.enc, self.sizes = enc, sizes
        self.tags = nn.Linear(D, sizes["upos"] + sizes["ner"] + 2 + sizes["lemma"])
        self.arc = nn.Linear(D, 2 * (ARC + REL))
        self.arc_u = nn.Parameter(torch.zeros(ARC + 1, ARC))        # dependent (with a 1 for the head's own bias) x head
        self.rel_u = nn.Parameter(torch.zeros(sizes["rel"], REL + 1, REL + 1))
        nn.init.xavier_uniform_(self.arc_u); nn.init.normal_(self.rel_u, std=0.03)
        self.tweet = nn.Linear(D, sizes["ner"])    # the tweets' own idea of names; trained beside, not exported
        self.emb = nn.Linear(D, D)
        with torch.no_grad():
            self.emb.weight.copy_(torch.eye(D)); self.emb.bias.zero_()

    def forward(self, ids, feats, lens, first, states=False, tweet=None):
        """first: the piece index of each word, word 0 is the root's; returns tag logits, arc scores [b, dep, head], and REL vectors"""
        hs = self.enc(ids, feats, lens, states=True)
        h = hs[-1]
        w = h.gather(1, first[:, :, None].expand(-1, -1, D))
        wd = drop(w, 0.2, self.training)
        t = self.tags(wd).float()
        s = self.sizes
        upos, ner, start, lemma = t.split([s["upos"], s["ner"], 2, s["lemma"]], -1)
        if tweet is not None and tweet.any():
            ner = torch.where(tweet[:, None, None], self.tweet(wd).float(), ner)
        m = F.leaky_relu(self.arc(wd), 0.1)
        ad, ah, rd, rh = drop(m, 0.2, self.training).split([ARC, ARC, REL, REL], -1)
        ones = torch.ones_like(ad[..., :1])
        arc = (torch.cat([ad, ones], -1) @ self.arc_u.to(ad.dtype)) @ ah.transpose(1, 2)
        arc = arc.float() / math.sqrt(ARC)
        out = dict(upos=upos, ner=ner, start=start, lemma=lemma, arc=arc, rd=torch.cat([rd, ones], -1), rh=torch.cat([rh, ones], -1), h=h)
        if states:
            out["states"] = hs
        return out

    def rel(self, rd, rh):
        """rd, rh: [n, REL+1] of a dependent and its head -> [n, relations]"""
        y = rd @ self.rel_u.permute(1, 0, 2).reshape(REL + 1, -1).to(rd.dtype)
        return torch.einsum("nrk,nk->nr", y.view(-1, self.sizes["rel"], REL + 1), rh).float()

    def embed(self, h, lens, skip=1):
        n = h.shape[1]
        pos = torch.arange(n)[None]
        m = ((pos >= skip) & (pos < lens[:, None])).to(h.dtype)[:, :, None]
        v = self.emb((h * m).sum(1) / m.sum(1).clamp(min=1))
        return F.normalize(v.float(), dim=-1)
