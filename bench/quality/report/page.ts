import { existsSync, readFileSync, writeFileSync } from "node:fs";

const HEAD = `# Quality of suggestions

Written by \`node bench/quality/report.ts\`, one section for each suite; \`bench/README.md\` says how to make the runs.
The mean is that over tasks of the mean over seeds. Methods are compared in pairs of the same task and seed by the Wilcoxon
signed-rank test, corrected for the number of comparisons by Holm's rule; the interval of a ratio resamples seeds within tasks.
Times are those of runs on one thread of the machine that wrote the section; methods whose runs came from elsewhere have none.
`;

/** Puts a section into the page, in place of the one of that name if there is one; the others stay. A new page begins with `head`. */
export function updatePage(file: string, name: string, section: string, head: string = HEAD): void {
  const begin = `<!-- begin ${name} -->`;
  const end = `<!-- end ${name} -->`;
  const page = existsSync(file) ? readFileSync(file, "utf8") : head;
  const [start, stop] = [page.indexOf(begin), page.indexOf(end)];
  if (start >= 0 && stop < start) throw new Error(`it has "${begin}" without "${end}"`);
  const block = `${begin}\n${section}\n${end}`;
  const whole = start < 0 ? `${page}\n${block}\n` : page.slice(0, start) + block + page.slice(stop + end.length);
  writeFileSync(file, whole);
}
