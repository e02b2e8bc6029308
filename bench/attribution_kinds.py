#!/usr/bin/env python3
"""Who said what, direct and indirect apart, on a folder of PolNeAR (text/ and attributions/).

    bench/attribution_kinds.py FOLDER build/sitrep

Prints, for direct, mixed, indirect and all: content, source and cue by tokens and relations, as precision, recall and F1.
The annotations do not mark the kind. It is read from the content: all within quotation marks is direct, a part is
mixed, none is indirect. Recall counts the gold's tokens of a kind that any statement found covers, precision the found
tokens of a kind that any of the gold covers, so that a statement whose kind differs by a mark is not wrong twice.
"""
import glob, json, os, re, subprocess, sys

ROLES = ("content", "source", "cue")
KINDS = ("direct", "mixed", "indirect")
MARKS = re.compile("[\"\u201c\u201d\u00ab\u00bb]|''|``|(?<!\\w)'(?=\\w)|\u2018")


def words_of(text):
    return [(m.start(), m.end()) for m in re.finditer(r"\w+|[^\w\s]", text)]


def kind_of(text, spans):
    joined = " ".join(text[s:e] for s, e in spans).strip()
    if not MARKS.search(joined):
        return "indirect"
    first, last = MARKS.match(joined), re.search("([\"\u201d\u00bb]|''|[\u2019'])[.,]?$", joined)
    inner = sum(1 for _ in MARKS.finditer(joined))
    return "direct" if first and (last or inner == 1) else "mixed"


def gold_of(path, text, tokens):
    spans, events = {}, []
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if c[0].startswith("T") and " " in c[1]:
            spans[c[0]] = [tuple(map(int, x.split())) for x in c[1].split(" ", 1)[1].split(";")]
        elif c[0].startswith("E"):
            events.append([x.split(":") for x in c[1].split()])
    for event in events:
        r = {role: [] for role in ROLES}
        for role, t in event:
            role = role.rstrip("0123456789").lower()
            if role in r:
                r[role] += spans.get(t, [])
        yield relation(text, tokens, r)


def relation(text, tokens, spans):
    r = {role: frozenset(i for i, (s, e) in enumerate(tokens) if any(a <= s < b for a, b in spans[role])) for role in ROLES}
    r["kind"] = kind_of(text, sorted(spans["content"]))
    return r


def found_of(reading, text, tokens):
    assert reading["text"] == text
    at, where = 0, {}
    for i, ch in enumerate(text):
        where[at] = i
        at += len(ch.encode())
    where[at] = len(text)
    for a in reading["attributions"]:
        yield relation(text, tokens, {role: [(where[s], where[e]) for s, e in a.get(role, [])] for role in ROLES})


def same(a, b):
    content = a["content"] and b["content"] and len(a["content"] & b["content"]) / len(a["content"] | b["content"]) >= 0.5
    return content and (bool(a["source"] & b["source"]) or not (a["source"] or b["source"]))


def tally(counts, gold, found):
    """counts[kind][measure] = [hits of recall, gold, hits of precision, found]"""
    for role in ROLES:
        g_all, f_all = (frozenset().union(*[r[role] for r in side]) for side in (gold, found))
        for kind in KINDS + ("all",):
            g, f = (frozenset().union(*[r[role] for r in side if kind in ("all", r["kind"])]) for side in (gold, found))
            for i, n in enumerate((len(g & f_all), len(g), len(f & g_all), len(f))):
                counts[kind][role][i] += n
    used = set()
    for g in gold:
        hit = next((i for i, f in enumerate(found) if i not in used and same(g, f)), None)
        for kind in (g["kind"], "all"):
            counts[kind]["relation"][0] += hit is not None
            counts[kind]["relation"][1] += 1
        if hit is not None:
            used.add(hit)
    for i, f in enumerate(found):
        for kind in (f["kind"], "all"):
            counts[kind]["relation"][2] += i in used
            counts[kind]["relation"][3] += 1


def main(folder, sitrep):
    texts, lines = {}, []
    for path in sorted(glob.glob(os.path.join(folder, "text", "*.txt"))):
        name = os.path.basename(path)[:-4]
        ann = glob.glob(os.path.join(folder, "attributions", glob.escape(name) + "*.ann"))
        if ann:
            text = open(path, encoding="utf-8", newline="").read()
            texts[name] = (text, sorted(ann)[0])
            lines.append(json.dumps({"id": name, "text": text}))
    out = subprocess.run([sitrep, "read", "--type", "jsonl", "-"], input="\n".join(lines) + "\n", stdout=subprocess.PIPE, text=True, check=True)
    counts = {kind: {m: [0] * 4 for m in ROLES + ("relation",)} for kind in KINDS + ("all",)}
    for line in out.stdout.splitlines():
        reading = json.loads(line)
        text, ann = texts[reading["id"]]
        tokens = words_of(text)
        tally(counts, list(gold_of(ann, text, tokens)), list(found_of(reading, text, tokens)))
    for kind in KINDS + ("all",):
        for measure, (hit_g, g, hit_f, f) in counts[kind].items():
            p, r = hit_f / max(1, f), hit_g / max(1, g)
            print(f"{kind:9}{measure:9} P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(1e-9, p + r):.3f}  of {g}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
