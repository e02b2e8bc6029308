#!/usr/bin/env python3
"""Turns a folder of TimeML documents into JSONL of {"id","text","published"} for `sitrep read`.

  tml2jsonl.py FOLDER [dev|held] > docs.jsonl      dev, held: two thirds and one third by a hash of the name
"""
import glob, json, os, re, sys, zlib

def document(path):
    raw = open(path, encoding="utf-8").read()
    dct = re.search(r"<DCT>.*?value=\"([^\"]*)\"", raw, re.S)
    body = re.search(r"<TEXT>(.*?)</TEXT>", raw, re.S)
    text = re.sub(r"<[^>]+>", "", body.group(1) if body else "")
    for entity, char in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(entity, char)
    return {"id": os.path.basename(path)[:-4], "text": text, "published": dct.group(1) if dct else ""}

part = sys.argv[2] if len(sys.argv) > 2 else "all"
for path in sorted(glob.glob(os.path.join(sys.argv[1], "**", "*.tml"), recursive=True)):
    held = zlib.crc32(os.path.basename(path)[:-4].encode()) % 3 == 0
    if part == "all" or held == (part == "held"):
        print(json.dumps(document(path)))
