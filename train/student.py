"""Step 2: the shipped model. It starts as the teacher with most inner neurons pruned and learns from the gold labels and
from the teacher, on the treebank, on tweets and on unlabelled news; its sentence vectors follow those of the original encoder.
The learning rate follows the clock (--minutes), so that a busy machine ends with a finished model all the same."""
import argparse
import math
import time
from common import *
from model import Encoder, Reader, D

ap = argparse.ArgumentParser()
ap.add_argument("--minutes", type=float, default=55)
ap.add_argument("--layers", default="0,1,2,3,4,5")
ap.add_argument("--inner", type=int, default=768)
ap.add_argument("--lr", type=float, default=3e-4)
ap.add_argument("--budget", type=int, default=1024)
ap.add_argument("--seed", type=int, default=21)
ap.add_argument("--name", default="student")
ap.add_argument("--resume", action="store_true", help="go on from the checkpoint NAME.pt")
ap.add_argument("--vector-weight", type=float, default=1.0)
ap.add_argument("--steps", type=int, default=0, help="stop early (to compare shapes)")
a = ap.parse_args()
torch.manual_seed(a.seed)
rng = random.Random(a.seed)
vocab, docs, labels, dev_segs, tweets, augment = training_sets()


def load_teacher():
    t = Reader(Encoder.pretrained(f"{WEIGHTS}/model.safetensors"), labels.sizes)
    t.load_state_dict(torch.load(f"{OUT}/teacher.pt"), strict=False)
    return t.eval()


@torch.no_grad()
def neuron_scores(t, segs):
    """how much each inner neuron moves the output: mean |activation| x norm of its outgoing weights"""
    acc = [0] * len(t.enc.layers)
    hooks = [l.down.register_forward_pre_hook(lambda m, x, i=i: acc.__setitem__(i, acc[i] + x[0].float().abs().sum((0, 1))))
             for i, l in enumerate(t.enc.layers)]
    for g in batches(segs, 4096, random.Random(0), False):
        b = collate([segs[i] for i in g])
        t(b["ids"], b["feats"], b["lens"], b["first"])
    for h in hooks:
        h.remove()
    return [s * l.down.weight.norm(dim=0) for s, l in zip(acc, t.enc.layers)]


def prune(t, keep, inner, segs):
    s = Reader(Encoder(len(vocab.pieces), len(keep), inner), labels.sizes)
    scores = neuron_scores(t, segs)
    with torch.no_grad():
        own, src = s.state_dict(), t.state_dict()
        for k in own:
            if not k.startswith("enc.layers."):
                own[k].copy_(src[k])
        for i, j in enumerate(keep):
            top = scores[j].topk(inner).indices.sort().values
            for part in ("qkv", "out", "ln1", "ln2"):
                for kind in ("weight", "bias"):
                    own[f"enc.layers.{i}.{part}.{kind}"].copy_(src[f"enc.layers.{j}.{part}.{kind}"])
            own[f"enc.layers.{i}.up.weight"].copy_(src[f"enc.layers.{j}.up.weight"][top])
            own[f"enc.layers.{i}.up.bias"].copy_(src[f"enc.layers.{j}.up.bias"][top])
            own[f"enc.layers.{i}.down.weight"].copy_(src[f"enc.layers.{j}.down.weight"][:, top])
            own[f"enc.layers.{i}.down.bias"].copy_(src[f"enc.layers.{j}.down.bias"])
    return s


def kd_loss(o, t, b, stream):
    """the teacher's distributions (temperature 1) and its hidden states"""
    valid = torch.arange(b["first"].shape[1])[None] < b["words"][:, None]
    valid[:, 0] = False
    def kl(x, y):
        return F.kl_div(F.log_softmax(x[valid], -1), F.log_softmax(y[valid], -1), log_target=True, reduction="batchmean")
    loss = kl(o["upos"], t["upos"]) + 0.5 * kl(o["lemma"], t["lemma"]) + kl(o["start"], t["start"])
    if not b["tweet"].all():
        own = valid & ~b["tweet"][:, None]
        loss = loss + F.kl_div(F.log_softmax(o["ner"][own], -1), F.log_softmax(t["ner"][own], -1), log_target=True, reduction="batchmean")
    ta = arc_mask(t["arc"], b["words"])
    loss = loss + kl(arc_mask(o["arc"], b["words"]), ta)
    head = torch.where(b["head"] >= 0, b["head"], ta.argmax(-1))
    i, d = valid.nonzero(as_tuple=True)
    h = head[i, d]
    loss = loss + F.kl_div(F.log_softmax(student.rel(o["rd"][i, d], o["rh"][i, h]), -1),
                           F.log_softmax(teacher.rel(t["rd"][i, d], t["rh"][i, h]), -1), log_target=True, reduction="batchmean")
    m = torch.arange(b["ids"].shape[1])[None] < b["lens"][:, None]
    hid = sum(F.mse_loss(o["states"][x][m].float(), t["states"][y][m].float()) for x, y in zip(range(1, len(keep) + 1), [k + 1 for k in keep]))
    return loss, hid / len(keep)


@torch.no_grad()
def original_vectors(segs):
    """mean-pooled vectors of the untouched encoder over [CLS] words [SEP]"""
    ids = [s.emb + [vocab.sep] for s in segs]
    n = max(map(len, ids))
    lens = torch.tensor([len(x) for x in ids])
    h = original(torch.tensor([x + [0] * (n - len(x)) for x in ids]), None, lens)
    m = (torch.arange(n)[None] < lens[:, None]).to(h.dtype)[:, :, None]
    return F.normalize(((h * m).sum(1) / m.sum(1)).float(), dim=-1)


@torch.no_grad()
def sts(name):
    pairs = [l.rstrip("\n").split("\t") for l in open(f"{DATA}/similarity/{name}.tsv", encoding="utf-8")]
    pairs = [(float(s), x, y) for s, x, y in pairs if s.strip()]
    student.eval()
    vec = []
    for k in (1, 2):
        segs = [make_segment(w, [None] * len(w), vocab, labels) for w in (tokenize(p[k])[:100] for p in pairs)]
        v = torch.zeros(len(segs), D)
        for g in batches(segs, 4096, random.Random(0), False):
            b = collate([segs[i] for i in g])
            with torch.autocast("cpu", torch.bfloat16):
                v[g] = student.embed(student(b["ids"], b["feats"], b["lens"], b["first"])["h"], b["lens"]).float()
        vec.append(v)
    student.train()
    x, y = (vec[0] * vec[1]).sum(-1), torch.tensor([p[0] for p in pairs])
    return torch.corrcoef(torch.stack([x, y]))[0, 1].item()


def save():
    torch.save(dict(model=student.state_dict(), keep=keep, inner=a.inner), f"{OUT}/{a.name}.tmp")
    os.replace(f"{OUT}/{a.name}.tmp", f"{OUT}/{a.name}.pt")


stream = Stream(vocab, labels, rng)
keep = [int(x) for x in a.layers.split(",")]
teacher = load_teacher()
original = Encoder.pretrained(f"{WEIGHTS}/model.safetensors").eval()
student = prune(teacher, keep, a.inner, ewt_segments(docs[:40], vocab, labels))
if a.resume:
    student.load_state_dict(torch.load(f"{OUT}/{a.name}.pt")["model"])
student.enc.word.weight.requires_grad_(False)
heads = [p for n, p in student.named_parameters() if not n.startswith("enc.")]
body = [p for n, p in student.named_parameters() if n.startswith("enc.") and p.requires_grad]
opt = torch.optim.AdamW([dict(params=body, lr=a.lr), dict(params=heads, lr=2 * a.lr)], betas=(0.9, 0.98), weight_decay=0.01, fused=True)
base = [g["lr"] for g in opt.param_groups]
student.enc.p = 0.05
student.train()
begin, step, rounds = time.time(), 0, 0
log = collections.Counter()
print("at the start", {k: round(v, 4) for k, v in evaluate(student, dev_segs, labels).items()}, flush=True)
done = False
while not done:
    segs = ewt_segments(docs, vocab, labels, rng, augment)
    for t in rng.sample(tweets, 2500):
        f, _ = augment(t[:100], rng)
        x = make_segment(t[:100], [None] * len(t[:100]), vocab, labels, f)
        x.tweet = True
        if len(x.ids) <= MAX_PIECES:
            segs.append(x)
    news = stream.segments(9000)
    groups = [(segs, g) for g in batches(segs, a.budget, rng)] + [(news, g) for g in batches(news, a.budget, rng)]
    rng.shuffle(groups)
    for src, g in groups:
        part = (time.time() - begin) / (60 * a.minutes)
        done = part >= 1 or (a.steps and step >= a.steps)
        if done:
            break
        f = min(1, (step + 1) / 200) * max(0.01, 1 - part)
        for gr, b0 in zip(opt.param_groups, base):
            gr["lr"] = b0 * f
        group = [src[i] for i in g]
        b = collate(group)
        student.train(src is not news)      # no dropout where only the teacher and the original are followed
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                t = teacher(b["ids"], b["feats"], b["lens"], b["first"], states=True)
                v = original_vectors(group) if src is news else None
            o = student(b["ids"], b["feats"], b["lens"], b["first"], states=True, tweet=b["tweet"])
            kd, hid = kd_loss(o, t, b, src is news)
            loss = kd + hid
            if src is news:
                e = student.embed(o["h"], b["lens"])
                emb = (1 - (e * v).sum(-1)).mean() * 3 + F.mse_loss(e @ e.t(), v @ v.t()) * 30
                loss = loss + a.vector_weight * emb
                log["emb"] += emb.item(); log["nemb"] += 1
            else:
                gl = gold_loss(student, o, b)
                loss = loss + gl
                log["gold"] += gl.item(); log["ngold"] += 1
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        step += 1
        log["kd"] += kd.item(); log["hid"] += hid.item(); log["n"] += 1; log["pieces"] += int(b["lens"].sum())
        if step % 100 == 0:
            print(f"{part:.3f} step {step} gold {log['gold']/max(1,log['ngold']):.3f} kd {log['kd']/log['n']:.3f} hidden {log['hid']/log['n']:.4f} "
                  f"vector {log['emb']/max(1,log['nemb']):.4f} pieces {log['pieces']}", flush=True)
            log.clear()
        if step % 250 == 0:
            save()
    rounds += 1
    print("round", rounds, f"{time.time()-begin:.0f}s", {k: round(v, 4) for k, v in evaluate(student, dev_segs, labels).items()},
          "sts13 %.4f sts15 %.4f" % (sts("headlines-2013"), sts("headlines-2015")), flush=True)
    save()
