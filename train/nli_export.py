"""Adds the encoder of pairs to a model file of the reader, whose words it shares. `python nli_export.py STUDENT.pt[+STUDENT.pt…] IN.model OUT.model`: of several
students of one shape the mean."""
import argparse
import random
import torch
import pack
from model import HEADS
from nli_data import encode, vocab, written
from nli_model import Pairs, answers

ap = argparse.ArgumentParser()
ap.add_argument("student")
ap.add_argument("source")
ap.add_argument("target")
a = ap.parse_args()
PREFIX, PARTS, CALIBRATION = "contrast.", ("qkv", "out", "up", "down"), 400
pack.read(a.source)
for name in [n for n in pack.sections if n.startswith(PREFIX)]:
    del pack.sections[name]
saved = [torch.load(path) for path in a.student.split("+")]
m = Pairs(saved[0]["layers"], saved[0]["inner"])
m.load_state_dict({key: sum(s["state"][key] for s in saved) / len(saved) for key in saved[0]["state"]})
largest = {}


def see(key):
    def hook(_, x):
        top = x[0].float().abs().reshape(-1, x[0].shape[-1]).amax(0)
        largest[key] = torch.maximum(largest.get(key, top), top)
    return hook


hooks = [getattr(l, part).register_forward_pre_hook(see((i, part))) for i, l in enumerate(m.enc.layers) for part in PARTS]
rng = random.Random(0)
answers(m, [encode(x, y) for x, y, _ in rng.sample(written(20, rng), CALIBRATION)])
for h in hooks:
    h.remove()
f = [{part: pack.smooth(largest[i, part], getattr(l, part).weight) for part in PARTS} for i, l in enumerate(m.enc.layers)]
with torch.no_grad():
    pack.put(PREFIX + "positions", m.enc.pos.weight.numpy())
    pack.put(PREFIX + "features", torch.stack([torch.zeros_like(m.second), m.second]).numpy())
    pack.put(PREFIX + "names", torch.zeros(1, len(m.second)).numpy())
    pack.put_norm(PREFIX + "norm", m.enc.ln, f[0]["qkv"])
    for i, l in enumerate(m.enc.layers):
        pack.put_layer(f"{PREFIX}layer{i}", l, f[i], f[i + 1]["qkv"] if i + 1 < len(f) else None, HEADS)
    pack.linear(PREFIX + "mix", m.mix.weight, m.mix.bias)
    pack.linear(PREFIX + "answer", m.answer.weight, m.answer.bias)
config = [l for l in pack.sections["config"].decode().split("\n") if l and not l.startswith(PREFIX)]
own = dict(layers=saved[0]["layers"], inner=saved[0]["inner"], features=2, names=1, separator=vocab.sep)
pack.put("config", "".join(l + "\n" for l in config + [f"{PREFIX}{k} {v}" for k, v in own.items()]).encode())
print(f"{a.target}: {pack.write(a.target)} bytes, {len(pack.sections)} sections, {own['layers']} layers of pairs, inner {own['inner']}")
