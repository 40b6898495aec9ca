import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { outlookWords } from "../../src/analysis/words/outlook-words.ts";
import { pdfText } from "../../src/drawing/pdf-text.testing.ts";
import { attune, folder } from "./attune.ts";

const PROGRAM = `
const [lr, width, token] = process.argv.slice(2);
if (Number(width) > 55) { console.error("Error: no <b>room</b> & " + token); process.exit(1); }
console.log("val_loss=" + ((Number(lr) - 0.3) ** 2 + Number(width) / 1000));`;
const SECRET = "sk-abcdefghijklmnopqrstuvwxyz123456";
const WORDS = ["--", process.execPath, "train.mjs", "{lr: 0.0..1.0 default 0.9}", "{width: 1..64 default 32}", SECRET];

/** What a page says: its text without its signs. */
const textOf = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]*>/g, "\n")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

it("report writes what a study came to, as one page without a secret", async () => {
  const cwd = folder({ "train.mjs": PROGRAM });
  const run = ["run", "--minimize", "val_loss", "--trials", "30", "--seed", "2", "--keep-going", "--quiet"];
  expect((await attune(cwd, [...run, ...WORDS])).code).toBe(0);
  const { code, err } = await attune(cwd, ["report", "train", "-o", "out.html"]);
  expect({ code, err: err.trim() }).toEqual({ code: 0, err: "The report of train is written to out.html." });
  const page = readFileSync(join(cwd, "out.html"), "utf8");
  const shown = JSON.parse((await attune(cwd, ["show", "--json"])).out);
  const text = textOf(page);
  expect(text).toContain("Which values of lr and width make val_loss smallest?");
  expect(text).toContain(`The best of ${shown.counts.complete} complete trials reaches val_loss`);
  expect(text).toMatch(/It is \S+ better than the defaults \(trial \d+: \S+\), \S+ % of their value; one run each/);
  expect(text).toContain(`${shown.counts.complete} complete`);
  expect(text).toContain("Error: no <b>room</b> & [redacted]");
  expect(text).toContain(shown.best.command);
  const drawn = JSON.parse((await attune(cwd, ["show", "--plot", "history", "--json"])).out);
  expect(drawn.outlook).toMatchObject({ more: 15 });
  expect(text).toContain(`What more would likely bring: ${outlookWords(drawn.outlook)}.`);
  expect(page).not.toContain(SECRET);
  const pictures = Array.from(page.matchAll(/base64,([^"]*)"/g), ([, data]) => Buffer.from(data!, "base64").toString());
  expect(pictures).toHaveLength(2);
  for (const svg of pictures) {
    expect(svg).toMatch(/^<svg/);
    expect(svg).not.toContain(SECRET);
  }
});

it("report says of an empty study that there is no answer, and refuses what is no page", async () => {
  const cwd = folder({ "train.mjs": PROGRAM });
  await attune(cwd, ["run", "--minimize", "val_loss", "--trials", "0", "--study", "none", ...WORDS]);
  const refused = await attune(cwd, ["report", "none", "-o", "out.txt"]);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("give a file that ends in .html or .pdf") });
  expect((await attune(cwd, ["report", "none"])).code).toBe(0);
  expect(textOf(readFileSync(join(cwd, "report.html"), "utf8"))).toContain("There is no answer yet");
});

it("report --pdf writes all that the page says on pages of paper", async () => {
  const cwd = folder({ "train.mjs": PROGRAM });
  const run = ["run", "--minimize", "val_loss", "--trials", "12", "--seed", "2", "--keep-going", "--quiet"];
  expect((await attune(cwd, [...run, ...WORDS])).code).toBe(0);
  const { code, err } = await attune(cwd, ["report", "train", "--pdf"]);
  expect({ code, err: err.trim() }).toEqual({ code: 0, err: "The report of train is written to report.pdf." });
  const pdf = readFileSync(join(cwd, "report.pdf"));
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(pdf.length).toBeLessThan(300_000);
  const printed = pdfText(pdf)
    .map(({ text }) => text)
    .join("");
  expect((await attune(cwd, ["report", "train"])).code).toBe(0);
  const shown = textOf(readFileSync(join(cwd, "report.html"), "utf8"))
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"');
  const lines = shown.split("\n").filter((line) => line.trim() !== "" && !/^Made |^train: tuning report$/.test(line));
  expect(lines.length).toBeGreaterThan(30);
  const isSaid = (line: string) => printed.includes(line.replace(/\s/g, "").replace(/^Tuningreport$/, "TUNINGREPORT"));
  expect(lines.filter((line) => !isSaid(line))).toEqual([]);
  expect(printed).not.toContain(SECRET);
  const refused = await attune(cwd, ["report", "train", "--pdf", "-o", "out.html"]);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("give a file that ends in .pdf") });
});

it("report shows the runs of a configuration that was confirmed, with their interval", async () => {
  const program = `
const x = Number(process.argv[2]);
console.log("loss=" + ((x - 0.3) ** 2 + (Number(process.env.ATTUNE_SEED) % 97) / 1000));`;
  const cwd = folder({ "noisy.mjs": program });
  const run = ["run", "--minimize", "loss", "--trials", "6", "--seed", "4", "--quiet"];
  expect((await attune(cwd, [...run, "--", process.execPath, "noisy.mjs", "{x: 0.0..1.0 default 0.9}"])).code).toBe(0);
  expect((await attune(cwd, ["confirm", "noisy", "--replicates", "3", "--quiet"])).code).toBe(0);
  const { out } = await attune(cwd, ["plot", "history", "noisy", "--json"]);
  const { replicated } = JSON.parse(out) as { replicated: { trial: number; runs: number[]; mean: number }[] };
  expect(replicated.length).toBeGreaterThanOrEqual(2);
  for (const { runs } of replicated) expect(runs).toHaveLength(3);
  expect((await attune(cwd, ["report", "noisy"])).code).toBe(0);
  const page = readFileSync(join(cwd, "report.html"), "utf8");
  expect(textOf(page)).toMatch(/Of \d configurations that were run several times the best is that of trial \d/);
  const [, history] = /base64,([^"]*)"/.exec(page)!;
  expect(Buffer.from(history!, "base64").toString()).toContain("mean of runs (95 %)");
});

it("report tells of several objectives by their front", async () => {
  const program = `const x = Number(process.argv[2]); console.log("loss=" + (1 - x) ** 2 + " ms=" + x);`;
  const cwd = folder({ "two.mjs": program });
  const run = ["run", "--minimize", "loss", "--minimize", "ms", "--sampler", "random", "--trials", "12", "--quiet"];
  expect((await attune(cwd, [...run, "--", process.execPath, "two.mjs", "{x: 0.0..1.0}"])).code).toBe(0);
  expect((await attune(cwd, ["report", "two", "-o", "two.html"])).code).toBe(0);
  const page = readFileSync(join(cwd, "two.html"), "utf8");
  const text = textOf(page);
  expect(text).toContain("12 of the configurations of 12 complete trials are beaten by no other in every objective.");
  expect(text).toContain("(knee)");
  // The front, and of each objective its history and what mattered.
  expect(page.match(/<figure>/g)!.length).toBeGreaterThanOrEqual(3);
});
