"""The student of pairs: layers of half the inner width over the reader's words, taught by the teacher's answers.
`python nli_student.py TEACHER.pt OUT.pt --model ../share/sitrep/reading.model --news news.tsv`"""
import argparse
import math
import random
import time
import numpy as np
import torch
import torch.nn.functional as F
import pack
from model import D, Layer
from nli_data import KINDS, batches, encode, names_of, rows, swap_names, unlabelled, written
from nli_model import Pairs, answers, collate, loss_of_kind, step, tell_held_out

ap = argparse.ArgumentParser()
ap.add_argument("teacher", help="or - to go on from what is written alone")
ap.add_argument("out")
ap.add_argument("--model", default="../share/sitrep/reading.model", help="whose words it takes")
ap.add_argument("--news", nargs="*", default=[], help="pairs of real sentences (nli_data.unlabelled), taken as no contradictions")
ap.add_argument("--others", type=int, default=20)
ap.add_argument("--layers", default="0,1,2,3,4,5", help="of the teacher's, those that it begins with")
ap.add_argument("--inner", type=int, default=768)
ap.add_argument("--epochs", type=int, default=2)
ap.add_argument("--rate", type=float, default=1.5e-4)
ap.add_argument("--more", nargs="*", default=[], help="further files of written pairs")
ap.add_argument("--swapped", type=float, default=0.4, help="of what is written, what comes again with names out of the news; contradictions all do")
ap.add_argument("--go-on", help="a student of an earlier round")
ap.add_argument("--seed", type=int, default=3)
a = ap.parse_args()
SIZE, WARM, CALIBRATION, DROP, DOUBT = 48, 100, 512, 0.05, 0.03
random.seed(a.seed)
torch.manual_seed(a.seed)
rng = random.Random(a.seed)
some = written(a.others, rng)
some += [(x, y, KINDS.index(k)) for path in a.more for k, x, y in rows(path)]
news = [pair for path in a.news for pair in unlabelled(path)]
invented, real = ([w for t in some for w in names_of(t[0])], [w for x, _ in news for w in names_of(x)])
if real:
    some += [(*swap_names(x, y, real, rng), k) for x, y, k in some if k or rng.random() < a.swapped]
known = len(some)
some += [(*(swap_names(x, y, invented, rng) if rng.random() < 0.5 else (x, y)), 0) for x, y in news]
items = [encode(x, y) for x, y, _ in some]
kinds, lengths = torch.tensor([k for *_, k in some]), [len(i) for i, _ in items]
teacher = Pairs()
if a.teacher != "-":
    teacher.load_state_dict(torch.load(a.teacher))
begun = time.time()
told = torch.zeros(len(items), len(KINDS))
if a.teacher != "-":
    told[:known] = answers(teacher, items[:known])
of_teacher = torch.zeros(len(items), dtype=torch.bool)
of_teacher[:known] = a.teacher != "-"
print(f"{len(some)} pairs; the teacher's answers took {time.time() - begun:.0f} s", flush=True)


def used(m, numbers):
    """how much each inner neuron of some layers does"""
    sums, hooks = {}, []
    for i in numbers:
        def see(_, x, i=i):
            sums[i] = sums.get(i, 0) + x[0].float().abs().reshape(-1, x[0].shape[-1]).sum(0)
        hooks.append(m.enc.layers[i].down.register_forward_pre_hook(see))
    answers(m, rng.sample(items, CALIBRATION))
    for h in hooks:
        h.remove()
    return sums


def narrow(layer, sums):
    keep = (sums * layer.down.weight.detach().norm(dim=0)).topk(a.inner).indices.sort().values
    n = Layer(a.inner)
    n.qkv, n.out, n.ln1, n.ln2 = layer.qkv, layer.out, layer.ln1, layer.ln2
    with torch.no_grad():
        n.up.weight.copy_(layer.up.weight[keep])
        n.up.bias.copy_(layer.up.bias[keep])
        n.down.weight.copy_(layer.down.weight[:, keep])
        n.down.bias.copy_(layer.down.bias)
    return n


def cut_out(numbers):
    """the teacher's layers with half of their neurons, over the words of the reader's model"""
    m = Pairs()
    m.load_state_dict(teacher.state_dict())
    sums = used(m, numbers)
    m.enc.layers = torch.nn.ModuleList(narrow(m.enc.layers[i], sums[i]) for i in numbers)
    pack.read(a.model)
    with torch.no_grad():
        words = np.frombuffer(pack.sections["words"], np.int8).reshape(-1, D).astype(np.float32)
        m.enc.word.weight.copy_(torch.tensor(words * np.frombuffer(pack.sections["words.s"], np.float32)[:, None]))
    return m


numbers = [int(i) for i in a.layers.split(",")]
if a.go_on:
    m = Pairs(len(numbers), a.inner)
    m.load_state_dict(torch.load(a.go_on)["state"])
else:
    m = cut_out(numbers)
m.enc.word.weight.requires_grad = False
weights = [p for p in m.parameters() if p.requires_grad]
opt = torch.optim.AdamW(weights, lr=a.rate, weight_decay=0.01)
steps = a.epochs * math.ceil(len(items) / SIZE)
plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda t: min(1, t / WARM) * max(0.02, (steps - t) / steps))
begun = time.time()
for epoch in range(a.epochs):
    m.train()
    total = 0.0
    for ix in batches(lengths, SIZE, random):
        with torch.autocast("cpu", torch.bfloat16):
            out = m(*collate([items[i] for i in ix]), p=DROP)
        gold = kinds[ix]
        truth = (gold > 0).float().clamp(DOUBT, 1 - DOUBT)
        target = torch.where(of_teacher[ix], (torch.sigmoid(told[ix, 0]) + truth) / 2, truth)
        loss = F.binary_cross_entropy_with_logits(out[:, 0], target) + loss_of_kind(out, gold)
        step(loss, weights, opt, plan)
        total += loss.item() * len(ix)
    torch.save(dict(state=m.state_dict(), layers=len(numbers), inner=a.inner), a.out)
    print(f"{epoch}: loss {total / len(items):.3f}, {time.time() - begun:.0f} s; {tell_held_out(m)}", flush=True)
