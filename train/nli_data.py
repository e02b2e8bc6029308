"""Pairs of sentences with what they contradict each other in, and how the encoder of pairs sees them."""
import glob
import os
import random
import re
from data import Vocab

KINDS = ("-", "quantity", "date", "state", "denial", "blame")   # as in src/nli/nli.c
SIDE = 94                                                       # pieces of a side at most
WEIGHTS = os.environ.get("SITREP_ENCODER", "encoder")           # folder with vocab.txt and model.safetensors
WRITTEN, TESTS = "nli", "../tests/conflict/pairs"
vocab = Vocab(f"{WEIGHTS}/vocab.txt")


def pieces(text):
    return [p for word in text.split() for p in vocab.word(word)][:SIDE]


def encode(a, b, ordered=True):
    """-> pieces, and of each whether it is the second text's; ordered: as the program has them, by their bytes"""
    if ordered and a.encode() > b.encode():
        a, b = b, a
    a, b = pieces(a), pieces(b)
    return [vocab.cls, *a, vocab.sep, *b, vocab.sep], [0] * (len(a) + 2) + [1] * (len(b) + 1)


def rows(path):
    """kind, a, b of each line of a file of pairs"""
    for line in open(path, encoding="utf-8"):
        _, kind, both = line.rstrip("\n").split("\t")
        a, b = both.split(" || ")
        if kind in KINDS:
            yield kind, a, b


def stories(path):
    """(sentences by number, reports by number, kinds by pair of numbers) of each story of a file"""
    story = None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("="):
            if story:
                yield story
            story = ({}, {}, {})
        elif line.startswith("!"):
            i, k, kind = line[1:].split()[:3]
            story[2][min(int(i), int(k)), max(int(i), int(k))] = kind
        elif line.strip():
            number, report, text = line.split("\t")[:3]
            story[0][int(number)], story[1][int(number)] = text.strip(), report
    if story:
        yield story


def long_words(text):
    return {w for w in re.findall(r"\w+", text.lower()) if len(w) > 3}


def story_rows(path, others, rng):
    """what is marked, and of each story `others` pairs that are not: half of them those that share most words"""
    for text, _, marked in stories(path):
        numbers, rest = sorted(text), []
        for i in numbers:
            for k in numbers[numbers.index(i) + 1:]:
                if (i, k) in marked:
                    yield marked[i, k], text[i], text[k]
                else:
                    rest.append((len(long_words(text[i]) & long_words(text[k])) + 2 * rng.random(), i, k))
        rest.sort(reverse=True)
        more = rest[others // 2:]
        for _, i, k in rest[:others // 2] + rng.sample(more, min(len(more), others - others // 2)):
            yield "-", text[i], text[k]


def unlabelled(path):
    """a TAB b: sentences of one article or event, next to none of which contradict each other"""
    return [tuple(line.rstrip("\n").split("\t")) for line in open(path, encoding="utf-8")]


def written(others, rng, held_out="c"):
    """all pairs that were written to learn from: (a, b, index of the kind)"""
    out = []
    for path in sorted(glob.glob(f"{TESTS}/[a-e].tsv")) + sorted(glob.glob(f"{WRITTEN}/pairs/*.tsv")):
        if os.path.basename(path) != held_out + ".tsv":
            out += [(a, b, KINDS.index(kind)) for kind, a, b in rows(path)]
    for path in sorted(glob.glob(f"{WRITTEN}/stories/*.txt")):
        out += [(a, b, KINDS.index(kind)) for kind, a, b in story_rows(path, others, rng) if kind in KINDS]
    return out


CALENDAR = set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December I".split())
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][A-Za-z'-]*[a-z]")   # within a sentence


def names_of(text):
    return [w for w in NAME.findall(text) if w not in CALENDAR]


def swap_names(a, b, pool, rng):
    """both texts with other names: else the encoder learns that written text with its invented names is where contradictions are"""
    to = {}
    for w in names_of(a) + names_of(b):
        to.setdefault(w, rng.choice(pool))
    if not to:
        return a, b
    some = re.compile(r"\b(" + "|".join(re.escape(w) for w in sorted(to, key=len, reverse=True)) + r")\b")
    return tuple(some.sub(lambda m: to[m[0]], t) for t in (a, b))


def batches(lengths, size, rng=None):
    """indexes, those of like length together; shuffled with rng"""
    order = list(range(len(lengths)))
    if rng:
        rng.shuffle(order)
    out = []
    for i in range(0, len(order), size * 16):
        some = sorted(order[i:i + size * 16], key=lambda k: lengths[k])
        out += [some[j:j + size] for j in range(0, len(some), size)]
    if rng:
        rng.shuffle(out)
    return out
