"""The weights of data/conflict-judge.tsv: for each kind of conflict a logistic regression over the features of proposed pairs
(src/conflict/judge.h). Learns from pairs of sentences written for it (tests/conflict/pairs/*.tsv) and from news in which next
to no pair is a contradiction, taken as none. `python judge.py SITREP_EVAL WEIGHTS.tsv --pairs a.tsv --news articles.jsonl`"""
import argparse
import collections
import json
import subprocess
import tempfile
import numpy as np

ap = argparse.ArgumentParser()
ap.add_argument("program")
ap.add_argument("weights")
ap.add_argument("--pairs", nargs="+", default=[])
ap.add_argument("--news", nargs="*", default=[])
ap.add_argument("--held-out", nargs="*", default=[], help="pairs that are only scored")
ap.add_argument("--watched", nargs="*", default=[], help="news of which only is told what passes")
ap.add_argument("--decay", type=float, default=0.02)
ap.add_argument("--news-weight", type=float, default=0.3, help="all news together, to all pairs")
ap.add_argument("--false-news", type=int, default=3, help="pairs of the news that each kind may let pass")
a = ap.parse_args()
NAMES = ("like words names named apart one-apart root who what other-who other-what unreal besides again lately days one-day numbers "
         "strong length denies of unit concept single gap open negated").split()
KINDS = ("quantity", "date", "denial", "state")


def candidates(*arguments):
    """of sources; a .tsv is what the program said of some before"""
    told = arguments[0].endswith(".tsv")
    out = open(arguments[0]).read() if told else subprocess.run([a.program, "candidates", *arguments], capture_output=True, text=True, check=True).stdout
    for line in out.split("\n")[:-1]:
        c = line.split("\t")
        yield c[0], np.array([float(x) for x in c[1:1 + len(NAMES)]]), c[2 + len(NAMES):]


def of_pairs(path):
    """-> per kind: features, whether the pair is a contradiction, and its row"""
    rows = [l.rstrip("\n").split("\t") for l in open(path)]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
        for i, (_, _, both) in enumerate(rows):
            for k, text in enumerate(both.split(" || ")):
                f.write(json.dumps(dict(id=f"{i}-{k}", source=("Gazette", "Courier")[k], date="2026-05-02", text=text)) + "\n")
        f.flush()
        for kind, x, rest in candidates("--twos", f.name):
            i = int(rest[0].split("-")[0])
            yield kind, x, rows[i][1] != "-", (path, i)


def fit(x, y, w):
    """weighted logistic regression with L2, by Newton's method"""
    x = np.concatenate([x, np.ones((len(x), 1))], 1)
    b = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], a.decay * w.sum())
    ridge[-1] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ b))
        step = np.linalg.solve((x * (w * p * (1 - p))[:, None]).T @ x + np.diag(ridge + 1e-9), x.T @ (w * (y - p)) - ridge * b)
        b += step
        if abs(step).max() < 1e-8:
            break
    return b


own = [(p, *r) for p in a.pairs for r in of_pairs(p)]
held = [(p, *r) for p in a.held_out for r in of_pairs(p)]
news = [r for path in a.news for r in candidates(path)]
watched = [r for path in a.watched for r in candidates(path)]
out, found, wrong = [], collections.defaultdict(set), collections.defaultdict(set)
for kind in KINDS:
    mine = [(x, y) for _, k, x, y, _ in own if k == kind]
    far = [(x, rest) for k, x, rest in news if k == kind]
    if len({y for _, y in mine}) < 2:
        continue
    x = np.array([x for x, _ in mine] + [x for x, _ in far])
    y = np.array([float(y) for _, y in mine] + [0.0] * len(far))
    w = np.array([1.0] * len(mine) + [a.news_weight * len(mine) / max(1, len(far))] * len(far))
    b = fit(x, y, w)
    score = lambda x: float(np.append(x, 1) @ b)
    top = sorted((score(x) for x, _ in far), reverse=True)
    bar = max(0.0, top[a.false_news] if len(top) > a.false_news else 0.0)   # what news lets pass is no conflict
    b[-1] -= bar
    out += [f"{kind}\t{n}\t{v:.3f}" for n, v in zip(NAMES, b) if abs(v) > 5e-4] + [f"{kind}\tbias\t{b[-1]:.3f}"]
    for path, k, x, y, row in own + held:
        if k == kind and score(x) > 0:
            (found if y else wrong)[path].add(row)
    print(f"{kind}: {len(mine)} pairs proposed, {sum(y for _, y in mine)} of them contradictions; {len(far)} of the news, {sum(score(x) > 0 for x, _ in far)} pass (bar {bar:.2f})")
    for s, rest in sorted(((score(x), rest) for x, rest in far), key=lambda z: -z[0])[:a.false_news] + [
            (score(x), rest) for k, x, rest in watched if k == kind and score(x) > 0]:
        print(f"    {s:.2f} {rest[1][:260]} | {rest[3][:260]}")
for path in a.pairs + a.held_out:
    print(path, len(found[path]), "contradictions found,", len(wrong[path]), "false alarms", "(held out)" if path in a.held_out else "")
open(a.weights, "w").write("# Weights of features by kind of conflict (src/conflict/judge.h), fitted by train/judge.py. kind\tfeature\tweight\n" + "\n".join(out) + "\n")
