"""What the training steps share: labels, segments, batches, loss, scoring on development data."""
import collections
import json
import os
import random
import torch
import torch.nn.functional as F
import gaz
from data import *

DATA = os.environ.get("SITREP_DATA", "../shared/data")
WEIGHTS = os.environ.get("SITREP_ENCODER", "encoder")   # folder with vocab.txt and model.safetensors
OUT = os.environ.get("SITREP_OUT", "out")
NAMES = gaz.load(f"{WEIGHTS}/names.tsv")


def label_sets(docs):
    rel, scr = collections.Counter(), collections.Counter()
    for d in docs:
        for p in d:
            for s in p:
                for w in s:
                    rel[w.rel] += 1
                    scr[w.script] += 1
    rels = sorted(r for r, c in rel.items() if c >= 3)
    scripts = sorted(s for s, c in scr.items() if c >= 3)
    return dict(upos=UPOS, ner=NER, rel=rels, lemma=scripts)


class Labels:
    def __init__(self, sets):
        self.sets = sets
        self.ix = {k: {x: i for i, x in enumerate(v)} for k, v in sets.items()}
        self.sizes = {k: len(v) for k, v in sets.items()}

    def get(self, kind, x):
        return self.ix[kind].get(x, IGNORE) if x is not None else IGNORE


class Segment:
    __slots__ = ("ids", "feats", "first", "upos", "ner", "start", "lemma", "head", "rel", "forms", "listed", "emb", "tweet", "soft")


def encode(words, vocab, forms=None):
    """-> pieces, features, index of each word's first piece; piece 0 is [CLS]"""
    ids, feats, first = [vocab.cls], [0], [0]
    forms = forms or [w.form for w in words]
    listed = gaz.features(forms, [w.space for w in words], NAMES)
    for i, w in enumerate(words):
        form = forms[i]
        pieces = vocab.word(form)
        first.append(len(ids))
        for k, p in enumerate(pieces):
            ids.append(p)
            feats.append(feature(form, w.space if i else 2, k == 0) + 32 * listed[i])
    return ids, feats, first, listed


def make_segment(words, heads, vocab, labels, forms=None, keep_case=True):
    """words of one segment with their heads counted in the segment (-1 root, None unknown)"""
    s = Segment()
    s.ids, s.feats, s.first, s.listed = encode(words, vocab, forms)
    g = labels.get
    s.upos = [IGNORE] + [g("upos", w.upos) for w in words]
    s.ner = [IGNORE] + [g("ner", w.ner) for w in words]
    s.lemma = [IGNORE] + [g("lemma", w.script) if keep_case else IGNORE for w in words]
    s.start = [IGNORE] + [IGNORE if w.upos is None or i == 0 else int(w.start) for i, w in enumerate(words)]
    s.head = [IGNORE] + [IGNORE if h is None else h + 1 for h in heads]
    s.rel = [IGNORE] + [g("rel", w.rel) if h is not None else IGNORE for w, h in zip(words, heads)]
    s.emb, s.tweet = None, False
    s.forms = forms or [w.form for w in words]
    s.soft = [w.soft for w in words]
    return s


def cut(par, vocab, rng=None, keep=0.0):
    """a paragraph's sentences -> runs of words that are one segment each; `keep`: how often a sure break is passed over"""
    words = [w for s in par for w in s]
    heads = []
    for s in par:
        at = len(heads)
        heads += [at + w.head if w.head is not None and w.head >= 0 else w.head for w in s]
    runs, begin, size = [], 0, 1
    for i, w in enumerate(words):
        n = len(vocab.word(w.form))
        if size + n > MAX_PIECES:
            runs.append((begin, i))
            begin, size = i, 1
        size += n
        if certain_break(words, i) and not (rng and rng.random() < keep):
            runs.append((begin, i + 1))
            begin, size = i + 1, 1
    if begin < len(words):
        runs.append((begin, len(words)))
    out = []
    for a, b in runs:
        hs = [None if h is None else h if h == -1 else h - a if a <= h < b else None for h in heads[a:b]]
        out.append((words[a:b], hs))
    return out


def ewt_segments(docs, vocab, labels, rng=None, augment=None):
    """all segments of the documents; with `rng`, breaks and letters are varied as real text varies"""
    out = []
    for d in docs:
        pars, cur = [], []
        for p in d:
            if cur and (rng is None or rng.random() < 0.75):
                pars.append(cur)
                cur = []
            cur = cur + p
        if cur:
            pars.append(cur)
        for p in pars:
            for words, heads in cut(p, vocab, rng, 0.12):
                if rng and len(words) > 3 and words[-1].form == "." and rng.random() < 0.06 and heads[-1] is not None \
                        and not any(h == len(words) - 1 for h in heads):
                    words, heads = words[:-1], heads[:-1]
                forms, keep = augment(words, rng) if rng and augment else (None, True)
                out.append(make_segment(words, heads, vocab, labels, forms, keep))
    return out


def free_segment(words, vocab, labels, forms):
    """words without a tree; None if they are too many"""
    s = make_segment(words, [None] * len(words), vocab, labels, forms)
    return s if len(s.ids) <= MAX_PIECES else None


def recase(words, rng):
    """headlines and shouting: some segments in Title Case, capitals or small letters"""
    r = rng.random()
    if r < 0.05:
        return [w.form.capitalize() if w.form.islower() and len(w.form) > 3 else w.form for w in words], False
    if r < 0.08:
        return [w.form.upper() for w in words], False
    if r < 0.11:
        return [w.form.lower() for w in words], False
    return None, True


def training_sets(write_labels=False):
    """-> vocabulary, treebank documents, labels (the first step writes them), development segments, tweets, and what varies segments"""
    vocab = Vocab(f"{WEIGHTS}/vocab.txt")
    docs = read_ewt(f"{DATA}/syntax/en_ewt-ud-train.conllu", f"{DATA}/entities/en_ewt-ner-train.iob2")
    dev = read_ewt(f"{DATA}/syntax/en_ewt-ud-dev.conllu", f"{DATA}/entities/en_ewt-ner-dev.iob2")
    if write_labels:
        json.dump(label_sets(docs), open(f"{OUT}/labels.json", "w"))
    labels = Labels(json.load(open(f"{OUT}/labels.json")))
    tweets = [s for f in "abefgh" for s in read_conll(f"{DATA}/entities/btc-{f}.conll")] + read_conll(f"{DATA}/entities/wnut17-train.conll")
    return vocab, docs, labels, ewt_segments(dev, vocab, labels), tweets, Swaps([s for d in docs for p in d for s in p] + tweets)


class Stream:
    """unlabelled news, in turns: headlines, first paragraphs and some others; `emb` of a segment has its pieces for the original encoder"""

    def __init__(self, vocab, labels, rng):
        self.vocab, self.labels, self.rng, self.at, self.pool = vocab, labels, rng, 0, []
        for title, pars in read_stream(f"{DATA}/stream/articles.jsonl.gz", 7476, rng):
            if title:
                self.pool.append((title, True))
            self.pool += [(p, False) for p in pars[:3]] + [(p, False) for p in rng.sample(pars, min(5, len(pars)))]
        rng.shuffle(self.pool)

    def words(self, n):
        """the words of n segments or a few more"""
        return [w for w, _ in self.take(n)]

    def take(self, n):
        out = []
        while len(out) < n:
            text, title = self.pool[self.at % len(self.pool)]
            self.at += 1
            words = tokenize(text)[:400]
            out += [(w, title) for w, _ in (cut([words], self.vocab, self.rng, 0.08) if words else []) if 4 < len(w) < 100]
        return out

    def segments(self, n):
        out = []
        while len(out) < n:
            for w, title in self.take(1):
                f, _ = recase(w, self.rng) if not title else (None, True)
                s = make_segment(w, [None] * len(w), self.vocab, self.labels, f)
                s.emb = encode(w, self.vocab, f)[0]
                if 5 < len(s.ids) <= 96:
                    out.append(s)
        return out


class Swaps:
    """puts other towns and persons in the place of those named, so that context counts, not the names of the treebank"""

    def __init__(self, sents):
        self.places = sorted({k.title() for k, v in NAMES.items() if v & gaz.PLACE and re.match(r"^[^\W\d_]{4,14}$", k)})
        census = {w: [k.title() for k, v in NAMES.items() if v & w and k.isalpha()] for w in (gaz.FIRST, gaz.LAST)}
        first, last = set(), set()
        for s in sents:
            for w in s:
                if w.ner == "B-PER" and w.form.istitle():
                    first.add(w.form)
                elif w.ner == "E-PER" and w.form.istitle():
                    last.add(w.form)
        self.first, self.last = [sorted(first), census[gaz.FIRST]], [sorted(last), census[gaz.LAST], self.places]

    def __call__(self, words, rng):
        forms, keep = recase(words, rng)
        if forms is None and any(w.ner not in (None, "O") for w in words):
            new = [w.form for w in words]
            for i, w in enumerate(words):
                if not w.form.istitle() or rng.random() > 0.3:
                    continue
                if w.ner == "S-LOC":
                    new[i] = rng.choice(self.places)
                elif w.ner == "B-PER":
                    new[i] = rng.choice(rng.choice(self.first))
                elif w.ner in ("E-PER", "S-PER"):
                    new[i] = rng.choice(rng.choice(self.last))
            if new != [w.form for w in words]:
                return new, False
        return forms, keep


def batches(segs, budget, rng, shuffle=True):
    """groups of like length, at most `budget` padded pieces each"""
    order = sorted(range(len(segs)), key=lambda i: (len(segs[i].ids) + (rng.random() * 4 if shuffle else 0)))
    out, cur, longest = [], [], 0
    for i in order:
        n = len(segs[i].ids)
        if cur and max(longest, n) * (len(cur) + 1) > budget:
            out.append(cur)
            cur, longest = [], 0
        cur.append(i)
        longest = max(longest, n)
    if cur:
        out.append(cur)
    if shuffle:
        rng.shuffle(out)
    return out


def collate(group):
    n = max(len(s.ids) for s in group)
    m = max(len(s.first) for s in group)
    pad = lambda xs, k, v: torch.tensor([x + [v] * (k - len(x)) for x in xs])
    b = dict(ids=pad([s.ids for s in group], n, 0), feats=pad([s.feats for s in group], n, 0),
             lens=torch.tensor([len(s.ids) for s in group]), words=torch.tensor([len(s.first) for s in group]),
             first=pad([s.first for s in group], m, 0), tweet=torch.tensor([s.tweet for s in group]))
    for k in ("upos", "ner", "start", "lemma", "head", "rel"):
        b[k] = pad([getattr(s, k) for s in group], m, IGNORE)
    return b


def arc_mask(arc, words):
    m = torch.arange(arc.shape[2])[None] < words[:, None]
    return arc.masked_fill(~m[:, None, :], -1e4)


def gold_loss(model, out, b):
    def ce(x, y, w=None):
        if (y == IGNORE).all():
            return x.sum() * 0
        return F.cross_entropy(x.reshape(-1, x.shape[-1]), y.reshape(-1), ignore_index=IGNORE, weight=w)
    loss = ce(out["upos"], b["upos"]) + ce(out["ner"], b["ner"]) + 0.5 * ce(out["lemma"], b["lemma"]) + ce(out["start"], b["start"])
    loss = loss + ce(arc_mask(out["arc"], b["words"]), b["head"])
    at = ((b["head"] >= 0) & (b["rel"] >= 0)).nonzero()
    if len(at):
        i, d = at[:, 0], at[:, 1]
        h = b["head"][i, d]
        loss = loss + F.cross_entropy(model.rel(out["rd"][i, d], out["rh"][i, h]), b["rel"][i, d])
    return loss


@torch.no_grad()
def evaluate(model, segs, labels):
    """quick figures on gold words: UPOS, lemma script, UAS/LAS by the best head, sentence starts F1, entity F1"""
    model.eval()
    c = collections.Counter()
    rels = [r.split(":")[0] for r in labels.sets["rel"]]
    for g in batches(segs, 4096, random.Random(0), False):
        b = collate([segs[i] for i in g])
        with torch.autocast("cpu", torch.bfloat16):
            o = model(b["ids"], b["feats"], b["lens"], b["first"])
        for k in ("upos", "lemma"):
            ok = b[k] != IGNORE
            c[k] += (o[k].argmax(-1) == b[k])[ok].sum().item()
            c["n" + k] += ok.sum().item()
        st, gs = o["start"].argmax(-1), b["start"]
        ok = gs != IGNORE
        c["stp"] += ((st == 1) & ok).sum().item(); c["stg"] += (gs == 1).sum().item(); c["stx"] += ((st == 1) & (gs == 1)).sum().item()
        arc = arc_mask(o["arc"], b["words"])
        h = arc.argmax(-1)
        at = (b["head"] >= 0).nonzero()
        if len(at):
            i, d = at[:, 0], at[:, 1]
            hp, hg = h[i, d], b["head"][i, d]
            with torch.autocast("cpu", torch.bfloat16):
                r = model.rel(o["rd"][i, d], o["rh"][i, hp]).argmax(-1)
            rg = b["rel"][i, d]
            okr = torch.tensor([rels[x] == (rels[y] if y >= 0 else "") for x, y in zip(r.tolist(), rg.tolist())])
            c["uas"] += (hp == hg).sum().item(); c["las"] += ((hp == hg) & okr).sum().item(); c["narc"] += len(at)
        ner = ner_decode(o["ner"], b["words"]).tolist()
        for k, gold in enumerate(b["ner"].tolist()):
            n = b["words"][k].item()
            G, P = ner_spans([NER[max(t, 0)] for t in gold[1:n]]), ner_spans([NER[t] for t in ner[k][:n - 1]])
            for t in ("PER", "ORG", "LOC"):
                c["n", t] += sum(x[2] == t for x in G) + sum(x[2] == t for x in P)
                c["x", t] += 2 * sum(x[2] == t for x in G & P)
    f = lambda x, p, g: 2 * x / max(1, p + g)
    model.train()
    return dict(upos=c["upos"] / max(1, c["nupos"]), lemma=c["lemma"] / max(1, c["nlemma"]), uas=c["uas"] / max(1, c["narc"]), las=c["las"] / max(1, c["narc"]),
                start=f(c["stx"], c["stp"], c["stg"]),
                **{t: c["x", t] / max(1, c["n", t]) for t in ("PER", "ORG", "LOC")}, ner=sum(c["x", t] for t in ("PER", "ORG", "LOC")) / max(1, sum(c["n", t] for t in ("PER", "ORG", "LOC"))))


def ner_legal():
    """which tag may follow which, O standing before the first and after the last"""
    n = len(NER)
    legal = torch.zeros(n, n, dtype=torch.bool)
    for i, a in enumerate(NER):
        for j, b in enumerate(NER):
            inside = a[0] in "BI"
            legal[i, j] = (b[0] in "IE" and b[2:] == a[2:]) if inside else b[0] in "OBS"
    return legal


LEGAL = torch.where(ner_legal(), 0.0, -1e4)
CLOSES = torch.tensor([0.0 if t[0] in "OES" else -1e4 for t in NER])


def ner_decode(scores, words):
    """Viterbi over [b, words, tags]; word 0 is the root's"""
    s = torch.log_softmax(scores, -1)
    best, back = s[:, 1] + LEGAL[0], []
    n = s.shape[1]
    for i in range(2, n):
        x, at = (best[:, :, None] + LEGAL[None]).max(1)
        live = (i < words)[:, None]
        back.append(torch.where(live, at, torch.arange(len(NER))[None]))
        best = torch.where(live, x + s[:, i], best)
    tag = (best + CLOSES).argmax(-1)
    out = [tag]
    for at in reversed(back):
        tag = at.gather(1, tag[:, None])[:, 0]
        out.append(tag)
    return torch.stack(out[::-1], 1)


def ner_spans(tags):
    out, cur = set(), None
    for i, t in enumerate(tags + ["O"]):
        p, ty = (t[0], t[2:]) if t != "O" else ("O", None)
        if cur and (p in "OBS" or ty != cur[1]):
            out.add((cur[0], i, cur[1]))
            cur = None
        if p != "O" and cur is None:
            cur = (i, ty)
    return {s for s in out if s[2] != "MISC"}
