/**
 * Time of figures: `node bench/figures.ts [rounds] [trials]` (default: 3 100000). `attune plot` as a whole for each figure in each form, on a study of 200 trials
 * with reports and two objectives; and making the data of each figure of a study of 100,000.
 */
import path from "node:path";
import { createStudy, float, int, openStorage, type Study } from "../src/index.ts";
import { FIGURE_NAMES, FIGURES, makeFigure } from "../src/plot/index.ts";
import { figureSource } from "../src/study/figure-source.ts";
import { openToLook } from "../src/study/open-to-look.ts";
import { attuneCommand } from "./support/attune-command.ts";
import { type Figure, report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { median } from "./support/statistics.ts";

const ROUNDS = Number(process.argv[2] ?? 3);
const MANY = Number(process.argv[3] ?? 100_000);
const FEW = 200;
const FORMS = ["svg", "png", "pdf", "json"] as const;
const AT_A_TIME = 10_000;
/** What a server keeps of very many points. */
const POINTS = 4_000;

const space = {
  lr: float(1e-5, 1, { log: true }),
  width: int(8, 512, { log: true }),
  ...Object.fromEntries(Array.from({ length: 8 }, (_, k) => [`x${k}`, float(0, 1)])),
};

async function study(storage: string, name: string): Promise<Study> {
  return (await createStudy({ name, storage, minimize: ["loss", "ms"], space, sampler: "random", seed: 1 })) as Study;
}

/** A bowl with noise, over parameters that are drawn here. */
function result(k: number): { readonly params: Record<string, number>; readonly values: Record<string, number> } {
  const share = (salt: number): number => ((((k + 1) * (0.61803398875 + salt * 0.1234567)) % 1) + 1) % 1;
  const params: Record<string, number> = { lr: 10 ** (-5 + 5 * share(0)), width: 8 + Math.floor(500 * share(1)) };
  for (let x = 0; x < 8; x++) params[`x${x}`] = share(x + 2);
  const off = Math.log10(params.lr!) + 2;
  return { params, values: { loss: off * off + params.x0! + share(11) / 5, ms: params.width! / 10 + share(12) } };
}

async function fill(storage: string): Promise<void> {
  const few = await study(storage, "few");
  await few.optimize(
    (trial) => {
      for (let step = 1; step <= 20; step++) trial.report(step, 1 / step);
      return result(trial.number).values as { loss: number; ms: number };
    },
    { trials: FEW },
  );
  await few.close();
  const many = await study(storage, "many");
  for (let done = 0; done < MANY; done += AT_A_TIME)
    await many.importTrials(
      Array.from({ length: Math.min(AT_A_TIME, MANY - done) }, (_, k) => ({
        ...result(done + k),
        state: "complete",
        reports: [],
        startedAt: 1_000 * (done + k),
        finishedAt: 1_000 * (done + k) + 900,
        attributes: {},
      })),
    );
  await many.close();
}

async function commandFigures(folder: string): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const name of FIGURE_NAMES)
    for (const form of FORMS) {
      const times: number[] = [];
      for (let round = -1; round < ROUNDS; round++) {
        const metric = FIGURES[name].of === "metric" ? ["--metric", "loss"] : [];
        const words = [...attuneCommand(), "plot", name, "few", ...metric, "-o", `${name}.${form}`];
        const { ms } = await runOrThrow(words, { cwd: folder });
        if (round >= 0) times.push(ms);
      }
      figures.push({ name: `plot ${name} as ${form}`, value: median(times), unit: "ms", wanted: { most: 1_500 } });
    }
  return figures;
}

async function dataFigures(location: string): Promise<readonly Figure[]> {
  const storage = await openStorage(location);
  try {
    const opened = await openToLook(storage, "many");
    return FIGURE_NAMES.map((name) => {
      const times = Array.from({ length: ROUNDS }, () => {
        const begin = performance.now();
        makeFigure(name, figureSource(opened), { points: POINTS, now: 0 });
        return performance.now() - begin;
      });
      return { name: `data of ${name}, ${MANY} trials`, value: median(times), unit: "ms", wanted: { most: 1_000 } };
    });
  } finally {
    await storage.close();
  }
}

await inScratchFolder(async (folder) => {
  const storage = path.join(folder, "attune.db");
  await fill(storage);
  const figures = [...(await dataFigures(storage)), ...(await commandFigures(folder))];
  report("figures", folder, figures);
});
