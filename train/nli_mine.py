"""Sentences of real articles that a round of the teacher takes for contradictions, which next to none of them are: to learn from as such.
`python nli_mine.py TEACHER.pt hard.tsv --pool pool.tsv`; the pool: a TAB b TAB likeness, of sentences of one article or event."""
import argparse
import random
import re
import torch
from nli_data import encode
from nli_model import Pairs, answers

ap = argparse.ArgumentParser()
ap.add_argument("teacher")
ap.add_argument("out")
ap.add_argument("--pool", required=True)
ap.add_argument("--bar", type=float, default=-2.2)
ap.add_argument("--alike", type=int, default=1700, help="and so many others whose sentences are much alike")
ap.add_argument("--others", type=int, default=1800, help="and so many of the rest")
a = ap.parse_args()
ALIKE = 0.7
NUMBERS = "two three four five six seven eight nine ten eleven twelve dozen".split()


def numbers(text):
    return set(re.findall(r"\d[\d.,]*\d|\d", text)) | {w for w in re.findall(r"\w+", text.lower()) if w in NUMBERS}


rng = random.Random(5)
pool = [line.rstrip("\n").split("\t") for line in open(a.pool, encoding="utf-8")]
m = Pairs()
m.load_state_dict(torch.load(a.teacher))
score = answers(m, [encode(x, y) for x, y, _ in pool])[:, 0].tolist()
sure = [(s, r) for s, r in zip(score, pool) if s < 0 or not numbers(r[0]) ^ numbers(r[1])]   # other numbers: it may be one
hard = [r for s, r in sure if s > a.bar]
alike = [r for s, r in sure if s <= a.bar and float(r[2]) >= ALIKE]
rest = [r for s, r in sure if s <= a.bar and float(r[2]) < ALIKE]
take = hard + rng.sample(alike, min(len(alike), a.alike)) + rng.sample(rest, min(len(rest), a.others))
open(a.out, "w", encoding="utf-8").writelines(f"{x}\t{y}\n" for x, y, _ in take)
print(f"{len(hard)} of {len(pool)} score above {a.bar}; {len(take)} written")
