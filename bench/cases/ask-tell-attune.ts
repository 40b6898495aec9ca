/** Times COUNT ask+tell pairs, one after the other, in a fresh study: words FILE COUNT; prints {"seconds"}. */
import { benchStudy } from "./bench-study.ts";

const [file, count] = process.argv.slice(2);
const study = await benchStudy(file!);
const begin = performance.now();
for (let n = 0; n < Number(count); n += 1) {
  const trial = await study.ask();
  await study.tell(trial, trial.params.lr + trial.params.momentum);
}
const seconds = (performance.now() - begin) / 1000;
await study.close();
process.stdout.write(`${JSON.stringify({ seconds })}\n`);
