"""Step 5: the small model learns names from a larger teacher, on the treebank, on tweets and on unlabelled news; in all else it follows
itself as it was. The learning rate follows the clock."""
import argparse
import time
from common import *
from load import load
from model import Encoder, Reader

ap = argparse.ArgumentParser()
ap.add_argument("start", help="the model file that learns")
ap.add_argument("--minutes", type=float, default=75)
ap.add_argument("--lr", type=float, default=1.5e-4)
ap.add_argument("--budget", type=int, default=1024)
ap.add_argument("--seed", type=int, default=31)
ap.add_argument("--teacher", default="names-teacher")
ap.add_argument("--layers", type=int, default=12, help="of the teacher")
ap.add_argument("--name", default="names")
a = ap.parse_args()
torch.manual_seed(a.seed)
rng = random.Random(a.seed)
vocab, docs, labels, dev_segs, tweets, augment = training_sets()
stream = Stream(vocab, labels, rng)
teacher = Reader(Encoder(len(vocab.pieces), a.layers, 1536), labels.sizes)
teacher.load_state_dict(torch.load(f"{OUT}/{a.teacher}.pt"), strict=False)
teacher.eval()
anchor, keep, inner = load(a.start, labels, vocab)
anchor.eval()
student, _, _ = load(a.start, labels, vocab)


def losses(o, s, t, b):
    """how far the student is from itself as it was, from the teacher's names, and from its own vectors"""
    valid = torch.arange(b["first"].shape[1])[None] < b["words"][:, None]
    valid[:, 0] = False

    def kl(x, y):
        return F.kl_div(F.log_softmax(x, -1), F.log_softmax(y, -1), log_target=True, reduction="batchmean")
    rest = kl(o["upos"][valid], s["upos"][valid]) + 0.5 * kl(o["lemma"][valid], s["lemma"][valid]) + kl(o["start"][valid], s["start"][valid])
    arcs = arc_mask(s["arc"], b["words"])
    rest = rest + kl(arc_mask(o["arc"], b["words"])[valid], arcs[valid])
    head = torch.where(b["head"] >= 0, b["head"], arcs.argmax(-1))
    i, d = valid.nonzero(as_tuple=True)
    h = head[i, d]
    rest = rest + kl(student.rel(o["rd"][i, d], o["rh"][i, h]), anchor.rel(s["rd"][i, d], s["rh"][i, h]))
    e, v = student.embed(o["h"], b["lens"]), anchor.embed(s["h"], b["lens"])
    vector = (1 - (e * v).sum(-1)).mean() * 3 + F.mse_loss(e @ e.t(), v @ v.t()) * 30
    return rest, kl(o["ner"][valid], t["ner"][valid]), vector


def save():
    torch.save(dict(model=student.state_dict(), keep=keep, inner=inner), f"{OUT}/{a.name}.tmp")
    os.replace(f"{OUT}/{a.name}.tmp", f"{OUT}/{a.name}.pt")


torch.save(dict(model=anchor.state_dict(), keep=keep, inner=inner), f"{OUT}/start.pt")   # step 6 takes the mean of both
student.enc.word.weight.requires_grad_(False)
heads = [p for n, p in student.named_parameters() if not n.startswith("enc.")]
body = [p for n, p in student.named_parameters() if n.startswith("enc.") and p.requires_grad]
opt = torch.optim.AdamW([dict(params=body, lr=a.lr), dict(params=heads, lr=2 * a.lr)], betas=(0.9, 0.98), weight_decay=0.01, fused=True)
base = [g["lr"] for g in opt.param_groups]
student.enc.p = 0.05
begin, step, done = time.time(), 0, False
log = collections.Counter()
while not done:
    segs = ewt_segments(docs, vocab, labels, rng, augment)
    free = stream.segments(6000)
    for t in rng.sample(tweets, 3000):
        f, _ = augment(t[:100], rng)
        x = make_segment(t[:100], [None] * len(t[:100]), vocab, labels, f)
        if len(x.ids) <= MAX_PIECES:
            free.append(x)
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
        b = collate([src[i] for i in g])
        student.train(src is segs)
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                t = teacher(b["ids"], b["feats"], b["lens"], b["first"])
                s = anchor(b["ids"], b["feats"], b["lens"], b["first"])
            o = student(b["ids"], b["feats"], b["lens"], b["first"])
            rest, names, vector = losses(o, s, t, b)
            loss = rest + 3 * names + vector
            if src is segs:
                loss = loss + gold_loss(student, o, b)
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
    save()
    print(f"{time.time()-begin:.0f}s", {k: round(v, 4) for k, v in evaluate(student, dev_segs, labels).items()}, flush=True)
