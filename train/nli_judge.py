"""The weights of data/conflict-judge.tsv: a logistic regression over the features of two claims (src/conflict/judge.h) that tells which
pairs the encoder is to be asked about. Learns from the written stories, in which all contradictions are marked.
`python nli_judge.py ../build/sitrep-eval ../data/conflict-judge.tsv`"""
import argparse
import glob
import json
import subprocess
import tempfile
import numpy as np
from nli_data import WRITTEN, stories

ap = argparse.ArgumentParser()
ap.add_argument("program")
ap.add_argument("weights")
ap.add_argument("--ridge", type=float, default=1.0)
a = ap.parse_args()
NAMES = ("like words names named apart one-apart root who what other-who other-what unreal besides again lately days one-day numbers "
         "strong length denies of unit concept single gap open negated number time negation opposite own page").split()
SHARES = (0.03, 0.07, 0.15, 0.3)


def candidates(text, report):
    """features and both sentences' numbers of all pairs of claims of a story"""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
        for name in dict.fromkeys(report.values()):
            body = "\n\n".join(text[i] for i in text if report[i] == name)
            f.write(json.dumps(dict(id=name, source=f"Outlet {name}", site=f"{name.lower()}.example", date="2026-05-02", title="", text=body)) + "\n")
        f.flush()
        out = subprocess.run([a.program, "candidates", "--one", f.name], capture_output=True, text=True, check=True).stdout

    def number(sentence):
        return next((i for i, t in text.items() if sentence in t or t in sentence), None)
    for line in out.split("\n")[:-1]:
        c = line.split("\t")
        i, k = number(c[-3].strip()), number(c[-1].strip())
        if i and k and i != k:
            yield [float(x) for x in c[:len(NAMES)]], (min(i, k), max(i, k))


def fit(x, y):
    """logistic regression with L2, by Newton's method"""
    x = np.concatenate([x, np.ones((len(x), 1))], 1)
    b, ridge = np.zeros(x.shape[1]), np.full(x.shape[1], a.ridge)
    ridge[-1] = 1e-6
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ b))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (y - p) - ridge * b)
        b += step
        if abs(step).max() < 1e-9:
            break
    return b


x, y, file = [], [], []
for path in sorted(glob.glob(f"{WRITTEN}/stories/*.txt")):
    for text, report, marked in stories(path):
        for features, pair in candidates(text, report):
            x.append(features)
            y.append(pair in marked)
            file.append(path)
x, y, file = np.array(x), np.array(y, float), np.array(file)
for path in sorted(set(file)):
    mine = file == path
    s = np.concatenate([x[mine], np.ones((mine.sum(), 1))], 1) @ fit(x[~mine], y[~mine])
    none = np.sort(s[y[mine] == 0])[::-1]
    print(f"{path}, left out: contradictions above all but a share of the others:", " ".join(f"{q:.0%} {(s[y[mine] == 1] > none[int(q * len(none))]).mean():.3f}" for q in SHARES))
with open(a.weights, "w") as f:
    f.write("# Weights of features of two claims (src/conflict/judge.h), fitted by train/nli_judge.py: log odds that they contradict each other. feature\tweight\n")
    for name, w in zip(NAMES + ["bias"], fit(x, y)):
        f.write(f"{name}\t{w:.3f}\n")
