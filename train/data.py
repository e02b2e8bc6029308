"""Reads the training sets and turns them into segments of word pieces with labels.

A segment is what the encoder sees at once: a stretch of a paragraph that ends at a sentence end no rule can doubt
(`certain_break`), so it mostly holds one sentence and sometimes a few. The same rule stands in src/tag/segment.c.
"""
import collections
import glob
import gzip
import json
import os
import random
import re
import unicodedata

from gaz import PLAIN

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
NER = ["O"] + [f"{p}-{t}" for t in ("PER", "ORG", "LOC", "MISC") for p in "BIES"]
IGNORE = -100
MAX_PIECES = 160      # a segment never holds more
MAX_WORD_PIECES = 8   # of one word; the rest of a long one (a URL) is not seen

TERMINAL = re.compile(r"^(?:[.!?]|[!?]{2,}|[!?]+\.?)$")
CLOSER = set("\"'”’»)]")
OPENER = set("\"'“‘«([")


class Vocab:
    """BERT's uncased word pieces: folded (case, marks, quotes, dashes), punctuation alone, greedy longest match."""

    def __init__(self, path):
        self.pieces = [l.rstrip("\n") for l in open(path, encoding="utf-8")]
        self.id = {p: i for i, p in enumerate(self.pieces)}
        self.unk, self.cls, self.sep, self.pad = (self.id[x] for x in ("[UNK]", "[CLS]", "[SEP]", "[PAD]"))
        self.cache = {}

    def word(self, form):
        got = self.cache.get(form)
        if got is None:
            got = self.cache[form] = self._word(form)
        return got

    def _word(self, form):
        out = []
        for part in self.basic(form):
            out += self.wordpiece(part)
            if len(out) >= MAX_WORD_PIECES:
                break
        return out[:MAX_WORD_PIECES] or [self.unk]

    @staticmethod
    def basic(form):
        s = unicodedata.normalize("NFKD", form)
        part, parts = "", []
        for ch in s:
            cat = unicodedata.category(ch)
            if cat in ("Mn", "Cc", "Cf"):
                continue
            ch = PLAIN.get(ch) or ch.lower()
            punct = cat[0] in "PS"
            if punct or cat[0] == "Z" or 0x4E00 <= ord(ch) <= 0x9FFF:
                if part:
                    parts.append(part)
                part = ""
                if cat[0] != "Z":
                    parts.append(ch)
            else:
                part += ch
        if part:
            parts.append(part)
        return parts

    def wordpiece(self, part):
        if len(part) > 64:
            return [self.unk]
        out, at = [], 0
        while at < len(part):
            end = len(part)
            while end > at:
                p = ("##" if at else "") + part[at:end]
                if p in self.id:
                    break
                end -= 1
            if end == at:
                return [self.unk]
            out.append(self.id[p])
            at = end
        return out


def shape(form):
    """0 no letter or digit, 1 lower, 2 Title, 3 UPPER, 4 miXed, 5 one capital, 6 holds a digit"""
    if any(c.isdigit() for c in form):
        return 6
    up = [c.isupper() for c in form if c.isalpha()]
    if not up:
        return 0
    if not any(up):
        return 1
    if all(up):
        return 5 if len(up) == 1 else 3
    return 2 if up[0] and not any(up[1:]) else 4


def feature(form, space, first):
    """one input embedding a piece: the word's shape x what stands before it (0 nothing, 1 space, 2 newline, 3 inside a word)"""
    return shape(form) * 4 + (space if first else 3)


NFEATURES = 28


def lemma_script(form, lemma):
    """(letters to drop, ending to add, casing) that makes the lemma of the form"""
    f, l = form.lower(), lemma.lower()
    n = 0
    while n < min(len(f), len(l)) and f[n] == l[n]:
        n += 1
    drop, add = len(f) - n, lemma[n:]
    for case, base in (("l", f[:n]), ("k", form[:n]), ("t", f[:n].capitalize())):
        if base + add == lemma:
            return f"{drop}|{add}|{case}"
    return f"{drop}|{add.lower()}|l"


def lemma_apply(form, script):
    drop, add, case = script.split("|")
    drop = int(drop)
    if drop > len(form):
        return form.lower()
    base = form[:len(form) - drop] if drop else form
    base = base if case == "k" else base.lower() if case == "l" else base.capitalize()
    return base + add


class Word:
    __slots__ = ("form", "space", "upos", "head", "rel", "script", "ner", "start", "lemma", "feat", "marked", "soft")

    def __init__(self, form, space):
        self.form, self.space = form, space
        self.upos = self.rel = self.script = self.ner = self.lemma = None
        self.head, self.start, self.marked, self.soft = None, False, False, None


def certain_break(words, i):
    """True if a sentence surely ends after words[i]: closed by . ! or ?, then white space, then a capital."""
    if i + 1 >= len(words) or not words[i + 1].space:
        return False
    j = i
    while j > 0 and words[j].form in CLOSER and not words[j].space and i - j < 2:
        j -= 1
    if not TERMINAL.match(words[j].form):
        return False
    if words[j].form == "." and j and words[j - 1].form.isdigit() and len(words[j - 1].form) <= 2 or words[j].space and j == i and j and words[j - 1].form == ".":
        return False   # a numbered list, or dots with spaces
    k = i + 1
    while k < len(words) - 1 and words[k].form in OPENER and k - i < 3:
        k += 1
    return words[k].form[:1].isupper()


def read_ewt(path, ner_path):
    """documents -> paragraphs -> words; heads are counted in the sentence, from 0, -1 for the root"""
    ner = {}
    if ner_path:
        sid, toks = None, []
        for line in list(open(ner_path, encoding="utf-8")) + ["\n"]:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                sid = line.split("=", 1)[1].strip()
            elif line and line[0] != "#":
                c = line.split("\t")
                toks.append((c[1], c[2]))
            elif not line and toks:
                ner[sid] = toks
                toks = []
    docs, sid, sent, mwt, par, space = [], None, [], None, True, 0
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            docs.append([])
            par = True
        elif line.startswith("# newpar"):
            par = True
        elif line.startswith("# sent_id"):
            sid = line.split("=", 1)[1].strip()
        elif line.startswith("#"):
            continue
        elif not line:
            if par:
                docs[-1].append([])
                par, sent[0].space = False, 2
            tags = ner.get(sid)
            if tags:
                label_ner(sent, tags)
            sent[0].start = True
            docs[-1][-1].append(sent)
            sent = []
        else:
            c = line.split("\t")
            if "." in c[0]:
                continue
            if "-" in c[0]:
                a, b = map(int, c[0].split("-"))
                mwt = (a, b, 0 if "SpaceAfter=No" in c[9] else 1)
                continue
            w = Word(c[1], space)
            w.upos, w.rel, w.head, w.lemma, w.feat = c[3], c[7], int(c[6]) - 1, c[2], c[5]
            w.script = lemma_script(c[1], c[2])
            sent.append(w)
            n = int(c[0])
            if mwt and mwt[0] <= n <= mwt[1]:
                space = mwt[2] if n == mwt[1] else 0
            else:
                mwt = None
                space = 0 if "SpaceAfter=No" in c[9] else 1
    return docs


def bioes(tags):
    """IOB2 -> BIOES; OTH is kept as MISC, the odd B-O is nothing"""
    t = [x.replace("OTH", "MISC") if x[2:] != "O" else "O" for x in tags]
    out = []
    for i, x in enumerate(t):
        if x == "O":
            out.append("O")
            continue
        ty = x[2:]
        begins = x[0] == "B" or i == 0 or t[i - 1][2:] != ty
        ends = i + 1 == len(t) or t[i + 1] != "I-" + ty
        out.append({(1, 1): "S-", (1, 0): "B-", (0, 1): "E-", (0, 0): "I-"}[(begins, ends)] + ty)
    return out


def label_ner(sent, toks):
    """carries tags over by character position where the two token streams differ"""
    spans, pos, cur = [], 0, None
    for form, tag in toks:
        ty = tag[2:] if tag != "O" else None
        if cur and (tag[0] == "B" or ty != cur[2]):
            spans.append(cur)
            cur = None
        if ty and not cur:
            cur = [pos, pos, ty]
        pos += len(re.sub(r"\s", "", form))
        if cur:
            cur[1] = pos
    if cur:
        spans.append(cur)
    at, tags = 0, []
    for w in sent:
        tag = "O"
        for s, e, ty in spans:
            if s <= at < e:
                tag = ("B-" if at == s else "I-") + ty
        tags.append(tag)
        at += len(re.sub(r"\s", "", w.form))
    for w, t in zip(sent, bioes(tags)):
        w.ner = t


WNUT = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG", "product": "MISC", "creative-work": "MISC"}


def read_conll(path):
    """token TAB tag files without spacing: it is guessed"""
    sents, cur = [], []
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        c = line.rstrip("\n").split("\t")
        if len(c) < 2 or not c[0].strip() or c[1][:1] not in "OBI":
            if cur:
                sents.append(cur)
            cur = []
            continue
        cur.append((c[0].strip(), c[1].strip()))
    out = []
    for s in sents:
        words, tags = [], []
        for i, (form, tag) in enumerate(s):
            glue = i == 0 or re.match(r"^(?:[.,:;!?)\]%…]+|n't|'\w{1,2})$", form) or s[i - 1][0] in "([$#"
            words.append(Word(form, 0 if glue else 1))
            if tag != "O":
                ty = tag[2:]
                tag = tag[:2] + WNUT.get(ty, ty if ty in ("PER", "ORG", "LOC") else "MISC")
            tags.append(tag)
        words[0].space = 2
        for w, t in zip(words, bioes(tags)):
            w.ner = None if w.form[:1] == "@" else t   # a handle is no name in the news
        out.append(words)
    return out


MARK = re.compile(r"\[(PER|ORG|LOC|MISC) ([^\[\]]+)\]")


def read_written():
    """the sentences of names/: a line each, with marks such as `[ORG State Department]`"""
    out = []
    for path in sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "names", "*.txt"))):
        for line in open(path, encoding="utf-8"):
            plain, spans, at = "", [], 0
            for m in MARK.finditer(line):
                plain += line[at:m.start()]
                spans.append((len(plain), len(plain) + len(m[2]), m[1]))
                plain += m[2]
                at = m.end()
            plain = (plain + line[at:]).rstrip()
            words = tokenize(plain)[:100]
            tags, end = [], 0
            for w in words:
                begin = plain.index(w.form, end)
                end = begin + len(w.form)
                inside = [s for s in spans if s[0] <= begin < s[1]]
                tags.append(("B-" if inside[0][0] == begin else "I-") + inside[0][2] if inside else "O")
            for w, t in zip(words, bioes(tags)):
                w.ner, w.marked = t, True
            if words:
                out.append(words)
    return out


def read_stream(path, limit, rng):
    """plain paragraphs of news articles, each with its title"""
    arts = [json.loads(l) for l in gzip.open(path, "rt", encoding="utf-8")]
    rng.shuffle(arts)
    for a in arts[:limit]:
        title = re.sub(r"\s+", " ", a.get("title") or "").strip()
        pars = [re.sub(r"\s+", " ", p).strip() for p in re.split(r"\n\s*\n|\n", a["text"])]
        yield title, [p for p in pars if len(p) > 20]


TOKEN = re.compile(r"(?:https?://|www\.)\S+|[A-Z]\.(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|No|vs|Inc|Corp|Co|Jr|Sr|"
                   r"Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|a\.m|p\.m|[A-Z])\.(?=\s)|\d[\d,.:]*\d|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|"
                   r"\w+|\.{2,}|[!?]+|-{2,}|[^\w\s]", re.UNICODE)


def tokenize(text):
    """a plain stand-in for src/tag's tokens, good enough to make training text of the unlabelled stream"""
    words, end = [], 0
    for m in TOKEN.finditer(text):
        words.append(Word(m.group(), 1 if m.start() > end else 0))
        end = m.end()
    if words:
        words[0].space = 2
    return words
