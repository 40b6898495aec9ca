/**
 * What pausing and kills cost a real program: a study of PyTorch trials with one worker, left alone and with its tuner killed now and then.
 * `node bench/paused-and-killed.ts --python VENV/bin/python [--trials 18] [--kills 3]`; the interpreter needs torch.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openStudy } from "../src/index.ts";
import { keyedStreams } from "../src/numeric/random/keyed-streams.ts";
import { epochsRun } from "./paused/epochs-run.ts";
import { attuneCommand } from "./support/attune-command.ts";
import { type Figure, report } from "./support/report.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";

const { values: given } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    trials: { type: "string", default: "18" },
    kills: { type: "string", default: "3" },
    ways: { type: "string", default: "checkpoints,frozen,pbt" },
  },
});
const here = import.meta.dirname;
const SPACE = ["--lr", "{lr: 1e-3..1.0 log}", "--momentum", "{momentum: 0..0.95}"];
const WAYS: Readonly<Record<string, readonly string[]>> = {
  checkpoints: [
    "--scheduler",
    "{name: asha, largest: 27}",
    "--",
    given.python,
    path.join(here, "paused", "train.py"),
    "--epochs",
    "27",
  ],
  frozen: [
    "--scheduler",
    "{name: asha, largest: 27}",
    "--",
    given.python,
    path.join(here, "..", "examples", "pytorch", "train.py"),
    "--epochs",
    "27",
  ],
  pbt: [
    "--scheduler",
    "{name: pbt, population: 4, largest: 24, interval: 8}",
    "--",
    given.python,
    path.join(here, "paused", "train.py"),
    "--epochs",
    "24",
  ],
};

interface Outcome {
  readonly winner: string;
  readonly all: number;
  readonly again: number;
  readonly explained: number;
  readonly seconds: number;
  readonly kills: number;
}

/** Runs a study to its end in a folder of its own; its tuner is killed after each of these many seconds. */
async function run(way: string, kills: readonly number[]): Promise<Outcome> {
  return await inScratchFolder(async (cwd) => {
    const trials = way === "pbt" ? "4" : given.trials;
    const words = [
      "run",
      "--study",
      "s",
      "--minimize",
      "val_loss",
      "--trials",
      trials,
      "--seed",
      "5",
      "--sampler",
      "random",
      "--grace",
      "2",
      "--quiet",
    ];
    const [file = "", ...args] = [...attuneCommand(), ...words, ...WAYS[way]!, ...SPACE];
    const begun = performance.now();
    let killed = 0;
    for (const after of [...kills, null]) {
      const child = spawn(file, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
      const ended = once(child, "exit");
      if (after === null) await ended;
      else if ((await Promise.race([ended, sleep(after * 1000, "running")])) === "running") {
        killed += 1;
        child.kill("SIGKILL");
        await ended;
      }
    }
    const seconds = (performance.now() - begun) / 1000;
    const study = await openStudy({ name: "s", storage: path.join(cwd, "attune.db") });
    const epochs = epochsRun(path.join(cwd, "attune.db.files", study.id), study.trials());
    const { winner } = study.summary();
    const record = winner === null ? null : study.trial(winner.number);
    await study.close();
    return { winner: JSON.stringify([record?.params, record?.values]), ...epochs, seconds, kills: killed };
  });
}

const figures: Figure[] = [];
for (const way of given.ways.split(",")) {
  const alone = await run(way, []);
  const chance = keyedStreams(7).stream(way);
  const times = Array.from(
    { length: Number(given.kills) },
    () => 0.5 + chance.float() * (alone.seconds / (Number(given.kills) + 1)),
  );
  const disturbed = await run(way, times);
  figures.push(
    { name: `${way}: epochs run twice, undisturbed`, value: alone.again, unit: `of ${alone.all}`, wanted: { most: 0 } },
    {
      name: `${way}: run twice after kills`,
      value: disturbed.again,
      unit: `of ${disturbed.all}`,
      note: `${disturbed.kills} kills`,
    },
    {
      name: `${way}: of them, of trials whose record says why`,
      value: disturbed.explained,
      unit: "",
      wanted: { least: disturbed.again },
    },
    {
      name: `${way}: the same winner`,
      value: Number(alone.winner === disturbed.winner),
      unit: "",
      wanted: { least: 1 },
      note: alone.winner === disturbed.winner ? "" : `${alone.winner} and ${disturbed.winner}`,
    },
  );
}
await inScratchFolder(async (folder) => report("paused-and-killed", folder, figures));
