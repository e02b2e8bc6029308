#!/usr/bin/env python3
"""Extracts each file of a folder with trafilatura: extract_trafilatura.py FOLDER OUT.jsonl ROUNDS.

Prints, a line a file, its name and the best time in milliseconds of processor time, as bench-extract
does, and writes what came out in the form that the scorer reads. `pip install trafilatura lxml_html_clean`."""
import json, logging, os, sys, time

import trafilatura

logging.disable(logging.CRITICAL)
folder, out, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(out, "w", encoding="utf-8") as f:
    for name in sorted(os.listdir(folder)):
        page = open(os.path.join(folder, name), "rb").read()
        best = None
        for _ in range(rounds):
            start = time.process_time()
            doc = trafilatura.bare_extraction(page, with_metadata=True)
            took = (time.process_time() - start) * 1e3
            best = took if best is None or took < best else best
        print(f"{name}\t{best:.4f}")
        doc = doc.as_dict() if hasattr(doc, "as_dict") else doc or {}
        print(json.dumps({"path": name, "text": doc.get("text") or "", "title": doc.get("title"),
                          "published": doc.get("date"), "byline": [doc["author"]] if doc.get("author") else []}), file=f)
