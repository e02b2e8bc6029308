"""The encoder of pairs: BERT's layers over both texts, and what it answers from the root's row."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from nli_data import KINDS, TESTS, WEIGHTS, batches, encode, rows
from model import D, Encoder, drop

torch.set_num_threads(2)


class Pairs(nn.Module):
    def __init__(self, layers=6, inner=1536):
        super().__init__()
        from safetensors.torch import load_file
        file = f"{WEIGHTS}/model.safetensors"
        self.enc = Encoder.pretrained(file) if (layers, inner) == (6, 1536) else Encoder(30522, layers, inner)
        kinds = load_file(file)["embeddings.token_type_embeddings.weight"]
        self.second = nn.Parameter(kinds[1] - kinds[0])   # added to the words of the second text
        self.mix, self.answer = nn.Linear(D, D), nn.Linear(D, len(KINDS))

    def forward(self, ids, second, lens, p=0.1):
        n = ids.shape[1]
        pos = torch.arange(n)
        x = self.enc.word(ids) + self.enc.pos(pos)[None] + second[:, :, None] * self.second
        x = drop(self.enc.ln(x), p, self.training)
        mask = torch.where(pos[None] < lens[:, None], 0.0, -1e4)[:, None, None, :].to(torch.bfloat16 if torch.is_autocast_enabled("cpu") else x.dtype)
        for layer in self.enc.layers:
            x = layer(x, mask, p)
        return self.answer(F.leaky_relu(self.mix(drop(x[:, :1], p, self.training)), 0.1))[:, 0].float()


def collate(items):
    n = max(len(ids) for ids, _ in items)
    ids, second = torch.zeros(len(items), n, dtype=torch.long), torch.zeros(len(items), n)
    for r, (a, b) in enumerate(items):
        ids[r, :len(a)], second[r, :len(b)] = torch.tensor(a), torch.tensor(b, dtype=torch.float)
    return ids, second, torch.tensor([len(a) for a, _ in items])


def answers(m, items):
    m.eval()
    out = torch.zeros(len(items), len(KINDS))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for ix in batches([len(a) for a, _ in items], 48):
            out[ix] = m(*collate([items[i] for i in ix]))
    return out


def loss_of_kind(out, kinds):
    some = kinds > 0
    return 0.3 * F.cross_entropy(out[some][:, 1:], kinds[some] - 1) if some.any() else 0.0


def step(loss, weights, opt, plan):
    opt.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(weights, 1.0)
    opt.step()
    plan.step()


def tell_held_out(m, name="c"):
    """how many of the contradictions of a set score above all but so many of its lookalikes"""
    kinds, items = zip(*[(kind != "-", encode(a, b)) for kind, a, b in rows(f"{TESTS}/{name}.tsv")])
    score = answers(m, items)[:, 0].tolist()
    none = sorted((s for s, k in zip(score, kinds) if not k), reverse=True)
    right = sum((s > 0) == k for s, k in zip(score, kinds))
    return f"{right} of {len(kinds)} right; above all but N: " + ", ".join(f"{n}: {sum(k and s > none[n] for s, k in zip(score, kinds))}" for n in (0, 3, 6, 12))
