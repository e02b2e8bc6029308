"""Step 5: the small model learns names: from the treebank, from what was written for it (names/), and from what a larger teacher says of
them, of tweets and of unlabelled news; in all else it follows itself as it was. The learning rate follows the clock."""
import argparse
import time
from common import *
from load import load
from model import Encoder, Reader

ap = argparse.ArgumentParser()
ap.add_argument("start", help="the model file that learns")
ap.add_argument("--minutes", type=float, default=60)
ap.add_argument("--lr", type=float, default=1.5e-4)
ap.add_argument("--budget", type=int, default=1024)
ap.add_argument("--seed", type=int, default=31)
ap.add_argument("--teacher", default="names-teacher")
ap.add_argument("--layers", type=int, default=12, help="of the teacher")
ap.add_argument("--news", type=int, default=8000, help="segments of news")
ap.add_argument("--name", default="names")
ap.add_argument("--go-on", help="a checkpoint that the student starts from")
a = ap.parse_args()
torch.manual_seed(a.seed)
rng = random.Random(a.seed)
vocab, docs, labels, dev_segs, tweets, augment = training_sets()
anchor, keep, inner = load(a.start, labels, vocab)
anchor.eval()
student, _, _ = load(a.start, labels, vocab)
if a.go_on:
    student.load_state_dict(torch.load(f"{OUT}/{a.go_on}.pt")["model"], strict=False)
written = read_written()
news = Stream(vocab, labels, rng).words(a.news)
tweets = [t[:100] for t in rng.sample(tweets, 3000)]   # named in their own way: only the teacher is followed
treebank = [w for d in docs for p in d for w, _ in cut(p, vocab)]


@torch.no_grad()
def label(runs):
    """what the teacher says of runs of words: each word's `soft`, the log probabilities of its tags"""
    teacher = Reader(Encoder(len(vocab.pieces), a.layers, 1536), labels.sizes)
    teacher.load_state_dict(torch.load(f"{OUT}/{a.teacher}.pt"), strict=False)
    teacher.eval()
    segs = [make_segment(w, [None] * len(w), vocab, labels) for w in runs]
    for g in batches(segs, 4096, random.Random(0), False):
        b = collate([segs[i] for i in g])
        with torch.autocast("cpu", torch.bfloat16):
            out = torch.log_softmax(teacher(b["ids"], b["feats"], b["lens"], b["first"])["ner"], -1).tolist()
        for i, rows in zip(g, out):
            for w, row in zip(runs[i], rows[1:]):
                w.soft = row


label(treebank + written + news + tweets)
print("labelled", flush=True)


def free_segments():
    out = []
    for words in written + news + tweets:
        s = free_segment(words, vocab, labels, augment(words, rng)[0])
        if s:
            s.ner = s.ner if words[0].marked else [IGNORE] * len(s.ner)
            out.append(s)
    return out


def kl(x, y):
    return F.kl_div(F.log_softmax(x, -1), F.log_softmax(y, -1), log_target=True, reduction="batchmean")


def losses(o, s, b):
    """how far the student is from itself as it was, from the teacher's names, and from its own vectors"""
    valid = torch.arange(b["first"].shape[1])[None] < b["words"][:, None]
    valid[:, 0] = False
    rest = kl(o["upos"][valid], s["upos"][valid]) + 0.5 * kl(o["lemma"][valid], s["lemma"][valid]) + kl(o["start"][valid], s["start"][valid])
    arcs = arc_mask(s["arc"], b["words"])
    rest = rest + kl(arc_mask(o["arc"], b["words"])[valid], arcs[valid])
    head = torch.where(b["head"] >= 0, b["head"], arcs.argmax(-1))
    i, d = valid.nonzero(as_tuple=True)
    h = head[i, d]
    rest = rest + kl(student.rel(o["rd"][i, d], o["rh"][i, h]), anchor.rel(s["rd"][i, d], s["rh"][i, h]))
    e, v = student.embed(o["h"], b["lens"]), anchor.embed(s["h"], b["lens"])
    vector = (1 - (e * v).sum(-1)).mean() * 3 + F.mse_loss(e @ e.t(), v @ v.t()) * 30
    return rest, F.kl_div(F.log_softmax(o["ner"][valid], -1), b["soft"][valid], log_target=True, reduction="batchmean"), vector


def soft(group, width):
    """the teacher's log probabilities of the tags, word by word"""
    none = [0.0] * len(NER)
    return torch.tensor([[none] + s.soft + [none] * (width - 1 - len(s.soft)) for s in group])


def save():
    torch.save(dict(model=student.state_dict(), keep=keep, inner=inner), f"{OUT}/{a.name}.tmp")
    os.replace(f"{OUT}/{a.name}.tmp", f"{OUT}/{a.name}.pt")


torch.save(dict(model=anchor.state_dict(), keep=keep, inner=inner), f"{OUT}/start.pt")   # step 6 takes the mean of both
student.enc.word.weight.requires_grad_(False)
heads = [p for n, p in student.named_parameters() if not n.startswith("enc.") or n.startswith("enc.body")]
body = [p for n, p in student.named_parameters() if n.startswith("enc.") and p.requires_grad and not n.startswith("enc.body")]
opt = torch.optim.AdamW([dict(params=body, lr=a.lr), dict(params=heads, lr=2 * a.lr)], betas=(0.9, 0.98), weight_decay=0.01, fused=True)
base = [g["lr"] for g in opt.param_groups]
student.enc.p = 0.05


@torch.no_grad()
def refit_vectors():
    """the vectors' own layer, by least squares, so that they are again what they were"""
    student.eval()
    rows, wanted = [], []
    titles = [tokenize(t)[:100] for t, _ in read_stream(f"{DATA}/stream/articles.jsonl.gz", 7476, rng) if t]
    segs = [s for s in (free_segment(w, vocab, labels, None) for w in titles + news if len(w) > 3) if s]
    for g in batches(segs, 4096, rng, False):
        b = collate([segs[i] for i in g])
        n = b["ids"].shape[1]
        mask = ((torch.arange(n)[None] >= 1) & (torch.arange(n)[None] < b["lens"][:, None])).float()[:, :, None]
        with torch.autocast("cpu", torch.bfloat16):
            x, y = (m.enc(b["ids"], b["feats"], b["lens"]).float() for m in (student, anchor))
        rows.append((x * mask).sum(1) / mask.sum(1))
        wanted.append(anchor.emb((y * mask).sum(1) / mask.sum(1)))
    x, y = torch.cat(rows).double(), torch.cat(wanted).double()
    x = torch.cat([x, torch.ones(len(x), 1)], 1)
    w = torch.linalg.solve(x.t() @ x + 1e-2 * torch.eye(x.shape[1]), x.t() @ y)
    student.emb.weight.copy_(w[:-1].t()); student.emb.bias.copy_(w[-1])


begin, step, done = time.time(), 0, False
log = collections.Counter()
while not done:
    segs, free = ewt_segments(docs, vocab, labels, rng, augment), free_segments()
    groups = [(segs, g) for g in batches(segs, a.budget, rng)] + [(free, g) for g in batches(free, a.budget, rng)]
    rng.shuffle(groups)
    for src, g in groups:
        part = (time.time() - begin) / (60 * a.minutes)
        done = part >= 1
        if done:
            break
        f = min(1, (step + 1) / 100) * max(0.01, 1 - part)
        for gr, b0 in zip(opt.param_groups, base):
            gr["lr"] = b0 * f
        group = [src[i] for i in g]
        b = collate(group)
        b["soft"] = soft(group, b["first"].shape[1])
        student.train()
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                s = anchor(b["ids"], b["feats"], b["lens"], b["first"])
            o = student(b["ids"], b["feats"], b["lens"], b["first"])
            rest, names, vector = losses(o, s, b)
            loss = rest + 3 * names + vector
            if src is segs:
                loss = loss + gold_loss(student, o, b)
            else:
                loss = loss + F.cross_entropy(o["ner"].view(-1, len(NER)), b["ner"].view(-1), ignore_index=IGNORE, reduction="sum") / max(1, (b["ner"] != IGNORE).sum())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        step += 1
        log["rest"] += rest.item(); log["names"] += names.item(); log["vector"] += vector.item()
        if step % 100 == 0:
            print(f"{part:.3f} step {step}", *(f"{k} {v/100:.4f}" for k, v in log.items()), flush=True)
            log.clear()
        if step % 500 == 0:
            save()
    if done:
        refit_vectors()
    save()
    print(f"{time.time()-begin:.0f}s", {k: round(v, 4) for k, v in evaluate(student, dev_segs, labels).items()}, flush=True)
