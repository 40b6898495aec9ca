import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { openStudy } from "../../src/index.ts";
import { attune, folder } from "./attune.ts";

/** Goes on from its checkpoint, ends at the step it is told, and writes down each epoch that it runs. */
const TRAIN = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
const { ATTUNE_RESUME_FROM: from, ATTUNE_UNTIL: until, ATTUNE_CHECKPOINT_DIR: to, ATTUNE_TRIAL: trial } = process.env;
const lr = Number(process.argv[process.argv.indexOf("--lr") + 1]);
const before = from ? JSON.parse(readFileSync(from + "/state.json", "utf8")).epoch : 0;
for (let epoch = before + 1; epoch <= (until ? Number(until) : 27); epoch++) {
  appendFileSync("epochs.txt", trial + " " + epoch + "\\n");
  console.log("epoch " + epoch + " loss=" + ((Math.log10(lr) + 3) ** 2 + 1 / epoch));
  writeFileSync(to + "/state.json", JSON.stringify({ epoch }));
}
`;

it("asha runs most trials a little, promotes the good ones from their checkpoints, runs no epoch twice, and replays", async () => {
  const cwd = folder({ "train.mjs": TRAIN });
  const program = ["--", "node", "train.mjs", "--lr", "{lr: 1e-5..1e-1 log}"];
  const settings = [
    "--scheduler",
    "{name: asha, largest: 27, smallest: 1}",
    "--sampler",
    "random",
    "--seed",
    "3",
    "--workers",
    "2",
  ];
  const run = await attune(cwd, ["run", "--minimize", "loss", "--trials", "24", ...settings, ...program]);
  expect(run.code, run.err).toBe(0);
  const epochs = readFileSync(path.join(cwd, "epochs.txt"), "utf8").trim().split("\n");
  expect(new Set(epochs).size).toBe(epochs.length);
  expect(epochs.length).toBeLessThan((24 * 27) / 3);
  const { out } = await attune(cwd, ["trials", "train", "--json"]);
  const trials = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Listed);
  expect(trials).toHaveLength(24);
  expect(new Set(trials.map(({ state }) => state))).toEqual(new Set(["paused", "complete"]));
  expect(trials.some(({ message }) => /at step \d+: \d+\w\w of \d+ there, of which \d+ run on$/.test(message))).toBe(
    true,
  );
  await checkWords(cwd, trials, epochs);
  const replay = await attune(cwd, ["replay", "train"]);
  expect(replay).toMatchObject({
    code: 0,
    out: expect.stringMatching(/\d+ decisions of the scheduler recomputed, equal/),
  });
  // What is paused goes on with a larger budget.
  const more = await attune(cwd, ["run", "train", "--trials", "40"]);
  expect(more.code, more.err).toBe(0);
  const all = readFileSync(path.join(cwd, "epochs.txt"), "utf8").trim().split("\n");
  expect(new Set(all).size).toBe(all.length);
}, 240_000);

it("asha pauses trials that are asked for by hand at the step they are given, and hands the good ones out again", async () => {
  const study = "minimize: loss\nsampler: random\nseed: 5\nscheduler: {name: asha, largest: 9}\nspace: {x: 0..1}\n";
  const cwd = folder({ "hand.yaml": study });
  const first = JSON.parse((await attune(cwd, ["ask", "hand.yaml", "--json"])).out) as Asked;
  expect(first).toMatchObject({ number: 0, until: 1 });
  const untils: Record<number, (number | undefined)[]> = {};
  let asked = first;
  for (let n = 0; n < 6; n++) {
    untils[asked.number] = [...(untils[asked.number] ?? []), asked.until];
    const told = await attune(cwd, ["tell", String(asked.number), String(asked.params.x)]);
    expect(told.code, told.err).toBe(0);
    if (asked.until !== undefined && asked.until < 9)
      expect(told.err).toMatch(/^trial \d+ of hand: loss [\d.e-]+; paused \(.*step \d/m);
    asked = JSON.parse((await attune(cwd, ["ask", "hand", "--json"])).out) as Asked;
  }
  const promoted = Object.values(untils).filter((steps) => steps.length > 1);
  expect(promoted.length).toBeGreaterThan(0);
  expect(promoted.every(([low, high]) => low === 1 && high === 3)).toBe(true);
  expect((await attune(cwd, ["replay", "hand"])).code).toBe(0);
}, 240_000);

/** Tells its metric as it is told to, heeds the step that it is given, writes down how far it ran, and lets nobody end it before it has. */
const QUICK = `
import { appendFileSync } from "node:fs";
process.on("SIGTERM", () => undefined);
const [x, how] = process.argv.slice(2);
const { ATTUNE_UNTIL: until, ATTUNE_TRIAL: trial, ATTUNE_REPORT_FILE: file } = process.env;
const last = until ? Number(until) : 9;
const tell = (told) => how.startsWith("file") ? appendFileSync(file, JSON.stringify(told) + "\\n") : console.log((told.epoch ? "epoch " + told.epoch + " " : "") + "loss=" + told.loss);
for (let epoch = 1; epoch <= last; epoch++) tell({ ...(how.endsWith("steps") && { epoch }), loss: Number(x) + 1 / epoch });
if (how.includes("result")) tell({ loss: Number(x) + 1 / last });
appendFileSync("ran.txt", trial + " " + last + "\\n");
`;

/** How often each trial was run, by the step that it came to; and its state at the end. */
async function quickRun(how: string, scheduler: string) {
  const cwd = folder({ "quick.mjs": QUICK });
  const settings = [
    "--scheduler",
    scheduler,
    "--sampler",
    "random",
    "--seed",
    "3",
    "--freeze",
    "never",
    "--grace",
    "60",
  ];
  const program = ["--study", "q", "--", "node", "quick.mjs", "{x: 0..1}", how];
  const run = await attune(cwd, ["run", "--minimize", "loss", "--trials", "10", ...settings, ...program]);
  expect(run.code, run.err).toBe(0);
  expect((await attune(cwd, ["replay", "q"])).code).toBe(0);
  const study = await openStudy({ name: "q", storage: path.join(cwd, "attune.db") });
  const trials = study.trials();
  await study.close();
  const ran = readFileSync(path.join(cwd, "ran.txt"), "utf8").trim().split("\n");
  return { trials, ran: ran.map((line) => line.split(" ").map(Number)) as [number, number][] };
}

it.each(["file with result, with steps", "lines with result"])(
  "asha pauses programs that heed the step they are given, though they tell a last line without a step: %s",
  async (how) => {
    for (const scheduler of ["{name: asha, largest: 9}", "asha"]) {
      const { trials, ran } = await quickRun(how, scheduler);
      for (const { number, state } of trials) {
        const furthest = Math.max(...ran.filter(([trial]) => trial === number).map(([, last]) => last));
        expect([number, state]).toEqual([number, furthest === 9 ? "complete" : "paused"]);
      }
      expect(trials.some(({ state }) => state === "paused")).toBe(true);
      if (scheduler === "asha") continue;
      // They keep no checkpoint and begin anew when they are promoted: every other rung is left out.
      const untils = trials.map(({ segments }) => segments.map(({ until }) => until).join(" "));
      expect(new Set(untils)).toEqual(new Set(["1", "1 "]));
    }
  },
  240_000,
);

/** Knows of no step to run up to, and prints as many lines without one as it is told to, one like the other. */
const UNAWARE = `
import { appendFileSync } from "node:fs";
const [x, lines, last] = process.argv.slice(2);
for (let line = 1; line <= lines; line++) console.log("loss=" + (Number(x) + 1 / line));
if (last) console.log(last + (Number(x) + 1 / lines - 0.001));
appendFileSync("ran.txt", process.env.ATTUNE_TRIAL + "\\n");
`;

it("a program that prints one line more than it was to run up to, like those before it, has run in full and runs once", async () => {
  for (const [words, runs] of [
    [["2"], "once"],
    // The same as a result, which may be that of a program that heeded the step.
    [["1", "final loss="], "again"],
  ] as const) {
    const cwd = folder({ "unaware.mjs": UNAWARE });
    const scheduler = ["--scheduler", "{name: asha, smallest: 1, largest: 9}", "--sampler", "random", "--seed", "3"];
    const program = ["--study", "u", "--", "node", "unaware.mjs", "{x: 0.0..1}", ...words];
    const settings = ["--minimize", "loss", "--trials", "6", "--freeze", "never", "--grace", "60"];
    const run = await attune(cwd, ["run", ...settings, ...scheduler, ...program]);
    expect(run.code, run.err).toBe(0);
    const study = await openStudy({ name: "u", storage: path.join(cwd, "attune.db") });
    const states = study.trials().map(({ state }) => state);
    await study.close();
    const ran = readFileSync(path.join(cwd, "ran.txt"), "utf8").trim().split("\n");
    expect([words, states.includes("paused")]).toEqual([words, runs === "again"]);
    if (runs === "once") expect(ran).toHaveLength(6);
  }
}, 120_000);

interface Listed {
  readonly number: number;
  readonly state: string;
  readonly message: string;
  readonly ran: number;
  readonly decisions: readonly { readonly action: string; readonly reason: string }[];
}

/** What was decided of trials is told wherever they are shown, and what each ran is what its program wrote down. */
async function checkWords(cwd: string, trials: readonly Listed[], epochs: readonly string[]): Promise<void> {
  for (const { number, ran } of trials)
    expect(ran, String(number)).toBe(epochs.filter((line) => line.startsWith(`${number} `)).length);
  const promoted = trials.find(({ decisions }) => decisions.filter(({ action }) => action === "resume").length > 1)!;
  const why = (await attune(cwd, ["why", String(promoted.number), "train"])).out;
  expect(why).toMatch(
    /\n {2}Paused: loss \S+ at step \d+: .*\n {2}Promoted to (?:step \d+|its end): loss \S+ is \d+\w\w of \d+ at step \d+(?:, and no trial has run in full)?\.\n/,
  );
  const told = JSON.parse((await attune(cwd, ["why", String(promoted.number), "train", "--json"])).out) as Listed;
  expect(told.decisions).toEqual(promoted.decisions);
  const show = (await attune(cwd, ["show", "train"])).out;
  expect(show).toMatch(/^decided {2}trial \d+ (?:promoted to|paused|ran on)/m);
  const shown = JSON.parse((await attune(cwd, ["show", "train", "--json"])).out) as Listed;
  expect(shown.decisions).toHaveLength(3);
  const table = (await attune(cwd, ["trials", "train", "--filter", "state == 'paused'"])).out;
  expect(table).toMatch(/ decision\b/);
  expect(table).not.toMatch(/ message\b/);
  const csv = (await attune(cwd, ["export", "train", "--columns", "trial,steps,ran,decision"])).out;
  expect(csv).toMatch(/^\d+,\d+,\d+,"?(?:paused: |promoted to )/m);
}

interface Asked {
  readonly number: number;
  readonly params: { readonly x: number };
  readonly until?: number;
}
