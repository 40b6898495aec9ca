/**
 * Prints lines, a share of them with the metric: `node print-lines.ts LINES EVERY RATE`. RATE is lines a second, 0 for as many as
 * are taken. Line n (from 1) carries `step=n val_loss=1/n` when n is a multiple of EVERY; all are padded to 100 bytes.
 */
const [lines, every, rate] = process.argv.slice(2).map(Number) as [number, number, number];
const BATCH = rate > 0 ? Math.max(1, Math.round(rate / 50)) : 2_000;
const FILLER = `${"batch of data was read and nothing of note came of it ".repeat(2).slice(0, 99)}\n`;

const begun = performance.now();
for (let from = 1; from <= lines; from += BATCH) {
  const to = Math.min(lines, from + BATCH - 1);
  let text = "";
  for (let n = from; n <= to; n += 1) {
    text += n % every === 0 ? `${`step=${n} val_loss=${1 / n}`.padEnd(99)}\n` : FILLER;
  }
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once("drain", resolve));
  const ahead = rate > 0 ? (to / rate) * 1000 - (performance.now() - begun) : 0;
  if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
}
