#!/usr/bin/env python3
"""Extraction figures by language and by halves kept apart while tuning.

  extract_report.py PRED.jsonl GOLD-FOLDER [--split dev|held|all] [--wrong segments|title|date|author]

A page is `held` if the SHA-256 of its file name says so (one in three): rules are tuned on `dev`.
The figures are those of the project's scorer; --wrong lists what a split gets wrong.
"""
import argparse, collections, hashlib, json, os, re


def squash(s):
    return re.sub(r"\s+", " ", s or "").strip()


def held(name):
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 3 == 0


def right(field, have, want):
    a, b = squash(have).lower(), squash(str(want)).lower()
    if field == "author":
        return all(n.strip() in a for n in re.split(r"[;,&]| and ", b) if n.strip())
    return a == b or (field == "title" and bool(a) and (a in b or b in a))


def score(pages):
    tp = fp = fn = tn = 0
    meta = {k: [0, 0] for k in ("title", "date", "author")}
    for g, d in pages:
        text = squash(d.get("text"))
        for s in g.get("with", []):
            tp, fn = (tp + 1, fn) if squash(s) in text else (tp, fn + 1)
        for s in g.get("without", []):
            fp, tn = (fp + 1, tn) if squash(s) in text else (fp, tn + 1)
        for k in meta:
            if g.get(k) and str(g[k]) != "nan":
                meta[k][1] += 1
                meta[k][0] += right(k, value(d, k), g[k])
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    row = [len(pages), p, r, 2 * p * r / max(1e-9, p + r)]
    return row + [a / n if n else float("nan") for a, n in meta.values()]


def value(d, field):
    return {"title": d.get("title"), "date": (d.get("published") or "")[:10],
            "author": "; ".join(d.get("byline") or [])}[field]


def show_wrong(pages, what):
    for g, d in pages:
        if what == "segments":
            text = squash(d.get("text"))
            miss = [s for s in g.get("with", []) if squash(s) not in text]
            extra = [s for s in g.get("without", []) if squash(s) in text]
            if miss or extra:
                print(f"{g['file']}  ({len(text)} characters)")
                for s in miss:
                    print("   - ", squash(s)[:110])
                for s in extra:
                    print("   + ", squash(s)[:110])
        elif g.get(what) and str(g[what]) != "nan" and not right(what, value(d, what), g[what]):
            print(f"{g['file']}\n    want {squash(str(g[what]))}\n    have {value(d, what)}")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("pred")
    ap.add_argument("gold")
    ap.add_argument("--split", default="")
    ap.add_argument("--wrong", default="")
    args = ap.parse_args()
    gold = json.load(open(os.path.join(args.gold, "evaldata.json"), encoding="utf-8"))
    docs = {}
    for line in open(args.pred, encoding="utf-8"):
        d = json.loads(line)
        docs[os.path.basename(d["path"])] = d
    splits = {"all": [], "dev": [], "held": []}
    languages = collections.defaultdict(list)
    for g in gold.values():
        pair = (g, docs.get(g["file"], {}))
        splits["all"].append(pair)
        splits["held" if held(g["file"]) else "dev"].append(pair)
        languages[pair[1].get("language") or "?"].append(pair)
    if args.wrong:
        return show_wrong(splits[args.split or "dev"], args.wrong)
    print(f"{'':8}{'pages':>6}{'prec':>8}{'recall':>8}{'f1':>8}{'title':>8}{'date':>8}{'author':>8}")
    for name, pages in splits.items():
        if args.split in ("", name):
            print(f"{name:8}{len(pages):6}" + "".join(f"{x:8.4f}" for x in score(pages)[1:]))
    if not args.split:
        for name, pages in sorted(languages.items(), key=lambda x: -len(x[1])):
            print(f"{name:8}{len(pages):6}" + "".join(f"{x:8.4f}" for x in score(pages)[1:]))


if __name__ == "__main__":
    main()
