"""The teacher of pairs: the encoder whole, from what was written and from news. `python nli_teacher.py OUT.pt --news news.tsv`"""
import argparse
import math
import random
import time
import torch
import torch.nn.functional as F
from nli_data import batches, encode, unlabelled, written
from nli_model import Pairs, collate, loss_of_kind, step, tell_held_out

ap = argparse.ArgumentParser()
ap.add_argument("out")
ap.add_argument("--start", help="weights of an earlier round")
ap.add_argument("--news", help="pairs of real sentences (nli_data.unlabelled), taken as no contradictions")
ap.add_argument("--news-pairs", type=int, default=2500)
ap.add_argument("--others", type=int, default=20, help="pairs of each written story that are no contradiction")
ap.add_argument("--epochs", type=int, default=3)
ap.add_argument("--rate", type=float, default=8e-5)
a = ap.parse_args()
SIZE, WARM = 32, 40
random.seed(2)
torch.manual_seed(2)
rng = random.Random(2)
some = written(a.others, rng)
if a.news:
    some += [(x, y, 0) for x, y in rng.sample(unlabelled(a.news), a.news_pairs)]
items, kinds = [], []
for x, y, kind in some:
    both = [(x, y), (y, x)]
    for u, v in both if kind else [rng.choice(both)]:
        items.append(encode(u, v, False))
        kinds.append(kind)
kinds, lengths = torch.tensor(kinds), [len(i) for i, _ in items]
m = Pairs()
if a.start:
    m.load_state_dict(torch.load(a.start))
m.enc.word.weight.requires_grad = False
weights = [p for p in m.parameters() if p.requires_grad]
opt = torch.optim.AdamW(weights, lr=a.rate, weight_decay=0.01)
steps = a.epochs * math.ceil(len(items) / SIZE)
plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda t: min(1, t / WARM) * max(0, (steps - t) / steps))
print(f"{len(items)} pairs, {int((kinds > 0).sum())} of them contradictions", flush=True)
begun = time.time()
for epoch in range(a.epochs):
    m.train()
    total = 0.0
    for ix in batches(lengths, SIZE, random):
        with torch.autocast("cpu", torch.bfloat16):
            out = m(*collate([items[i] for i in ix]))
        loss = F.binary_cross_entropy_with_logits(out[:, 0], (kinds[ix] > 0).float()) + loss_of_kind(out, kinds[ix])
        step(loss, weights, opt, plan)
        total += loss.item() * len(ix)
    torch.save(m.state_dict(), a.out)
    print(f"{epoch}: loss {total / len(items):.3f}, {time.time() - begun:.0f} s; {tell_held_out(m)}", flush=True)
