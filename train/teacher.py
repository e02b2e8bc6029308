"""Steps 1 and 4: a whole encoder learns every task. It is the model that labels text for the small one."""
import argparse
import math
import time
from common import *
from model import Encoder, Reader

ap = argparse.ArgumentParser()
ap.add_argument("--epochs", type=int, default=5)
ap.add_argument("--lr", type=float, default=1.5e-4)
ap.add_argument("--head-lr", type=float, default=1.5e-3)
ap.add_argument("--budget", type=int, default=1536)
ap.add_argument("--seed", type=int, default=20)
ap.add_argument("--resume", action="store_true", help="go on from the checkpoint that is there")
ap.add_argument("--layers", type=int, default=6)
ap.add_argument("--name", default="teacher")
ap.add_argument("--tweets-apart", action="store_true", help="tweets are labelled in their own way, and have a head of their own for names")
a = ap.parse_args()
os.makedirs(OUT, exist_ok=True)
torch.manual_seed(a.seed)
rng = random.Random(a.seed)
vocab, docs, labels, dev_segs, tweets, augment = training_sets(write_labels=True)
written = read_written()
model = Reader(Encoder.pretrained(f"{WEIGHTS}/model.safetensors", a.layers), labels.sizes)
if a.resume:
    model.load_state_dict(torch.load(f"{OUT}/{a.name}.pt"), strict=False)
model.enc.word.weight.requires_grad_(False)   # rare words stay where pre-training put them


def epoch_segments():
    segs = ewt_segments(docs, vocab, labels, rng, augment)
    for t in rng.sample(tweets, 3500):
        f, _ = augment(t[:100], rng)
        x = make_segment(t[:100], [None] * len(t[:100]), vocab, labels, f)
        x.tweet = a.tweets_apart
        if len(x.ids) <= MAX_PIECES:
            segs.append(x)
    return segs + [x for x in (free_segment(w, vocab, labels, augment(w, rng)[0]) for w in written) if x]


LISTED = ("enc.feat", "enc.gaz", "enc.body")
heads = [p for n, p in model.named_parameters() if not n.startswith("enc.") or n.startswith(LISTED)]
body = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("enc.") and not n.startswith(LISTED)]
opt = torch.optim.AdamW([dict(params=body, lr=a.lr), dict(params=heads, lr=a.head_lr)], betas=(0.9, 0.98), weight_decay=0.01, fused=True)
base = [g["lr"] for g in opt.param_groups]
model.train()
step, total = 0, None
for e in range(a.epochs):
    segs = epoch_segments()
    groups = batches(segs, a.budget, rng)
    total = total or len(groups) * a.epochs
    t0, seen, sum_loss = time.time(), 0, 0.0
    for k, g in enumerate(groups):
        f = min(1, (step + 1) / 150) * max(0.02, 1 - step / total)
        for gr, b0 in zip(opt.param_groups, base):
            gr["lr"] = b0 * f
        b = collate([segs[i] for i in g])
        with torch.autocast("cpu", torch.bfloat16):
            o = model(b["ids"], b["feats"], b["lens"], b["first"], tweet=b["tweet"])
            loss = gold_loss(model, o, b)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        step += 1
        seen += int(b["lens"].sum())
        sum_loss += loss.item()
        if k % 50 == 49:
            print(f"epoch {e} {k+1}/{len(groups)} loss {sum_loss/50:.3f} {seen/(time.time()-t0):.0f} pieces/s", flush=True)
            sum_loss = 0.0
    print("epoch", e, {k: round(v, 4) for k, v in evaluate(model, dev_segs, labels).items()}, f"{time.time()-t0:.0f}s", flush=True)
    torch.save(model.state_dict(), f"{OUT}/{a.name}.pt")
