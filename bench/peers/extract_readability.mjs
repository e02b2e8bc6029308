// Extracts each file of a folder with @mozilla/readability over jsdom: node extract_readability.mjs FOLDER
// OUT.jsonl ROUNDS. Prints and writes what extract_trafilatura.py does. `npm install jsdom @mozilla/readability`.
import fs from 'node:fs';
import path from 'node:path';
import { JSDOM, VirtualConsole } from 'jsdom';
import { Readability } from '@mozilla/readability';

const [folder, out, rounds] = process.argv.slice(2);
const file = fs.openSync(out, 'w');
for (const name of fs.readdirSync(folder).sort()) {
  const page = fs.readFileSync(path.join(folder, name), 'utf8');
  let best = Infinity, doc = null;
  for (let i = 0; i < Number(rounds); i++) {
    const start = process.cpuUsage();
    try {
      const dom = new JSDOM(page, { virtualConsole: new VirtualConsole(), url: 'https://example.org/' });
      doc = new Readability(dom.window.document).parse();
      dom.window.close();
    } catch {
      doc = null;
    }
    const took = process.cpuUsage(start);
    best = Math.min(best, (took.user + took.system) / 1e3);
  }
  console.log(`${name}\t${best.toFixed(4)}`);
  fs.writeSync(file, JSON.stringify({ path: name, text: doc?.textContent ?? '', title: doc?.title ?? null,
    published: (doc?.publishedTime ?? '').slice(0, 10), byline: doc?.byline ? [doc.byline] : [] }) + '\n');
}
