/** Draws what each scheduler does to the trials of a study, for its page: `node scripts/scheduler-figures.ts [name…]`. The study is a real one, its program a made-up curve. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Executor, Job, JobControl, JobEvents, JobResult } from "../src/executor/executor.ts";
import { createStudy, float } from "../src/index.ts";
import { keyedStreams } from "../src/numeric/random/keyed-streams.ts";
import type { JsonValue } from "../src/space/json.ts";
import type { Trial } from "../src/trial/trial.ts";

const STEPS = 27;
const [WIDTH, HEIGHT, EDGE] = [640, 220, 30];

/** What is drawn, by scheduler. */
const FIGURES: Readonly<Record<string, Readonly<Record<string, JsonValue>>>> = {
  none: {},
  median: { startup: 4, warmup: 3 },
  percentile: { percentile: 25, startup: 4, warmup: 3 },
  threshold: { upper: 1.2, at: 6 },
  patient: { patience: 4 },
  wilcoxon: {},
  halving: { largest: STEPS },
  asha: { largest: STEPS },
  hyperband: { largest: STEPS },
  auto: { few: 6 },
  pbt: { largest: STEPS, population: 10, interval: 3 },
};

/** Where a made-up program stands: what it keeps in its checkpoint. */
interface Standing {
  readonly step: number;
  readonly loss: number;
}

/** Trains nothing: the loss falls by what its learning rate is good for at that step, and keeps its state as a program would. */
class Curves implements Executor {
  readonly name = "curves";
  readonly #kept = new Map<string, Standing>();

  async run(job: Job, events: JobEvents, { stop }: JobControl): Promise<JobResult> {
    const { trial, attempt, params, until, resumeFrom } = job;
    const chance = keyedStreams(11, trial, attempt).stream("noise");
    let { step, loss } = this.#kept.get(resumeFrom ?? "") ?? { step: 0, loss: 1.6 };
    while (step < (until ?? STEPS) && !stop.aborted) {
      step += 1;
      loss -= gain(Number(params.lr), step) * loss;
      events.report(step, { loss: loss + 0.012 * chance.normal() });
      await events.settled?.();
    }
    const checkpoint = `${trial}/${attempt}`;
    this.#kept.set(checkpoint, { step, loss });
    const end = { message: null, exitCode: null, signal: null, checkpoint } as const;
    if (stop.aborted) return { state: null, values: {}, end: { ...end, outcome: "preempted" } };
    return { state: "complete", values: { loss }, end: { ...end, outcome: "ok" } };
  }

  async close(): Promise<void> {}
}

/** Share of the loss that a step takes away: rates near one that falls with time are best, too large ones undo what there is. */
function gain(lr: number, step: number): number {
  const away = Math.log10(lr) - Math.log10(0.3 / step);
  return 0.11 * Math.exp(-away * away) - (away > 0.8 ? 0.02 : 0);
}

async function trialsOf(scheduler: string, options: Readonly<Record<string, JsonValue>>): Promise<readonly Trial[]> {
  const space = { lr: float(1e-3, 1, { log: true }) };
  const choice = { name: scheduler, ...options };
  const study = await createStudy({
    name: scheduler,
    minimize: "loss",
    sampler: "random",
    seed: 4,
    scheduler: choice,
    space,
  });
  const trials = scheduler === "pbt" ? 10 : 24;
  await study.run(new Curves(), { trials, workers: 1, freeze: "never" });
  const made = study.trials();
  await study.close();
  return made;
}

const COLOURS = { complete: "#1a7f5a", pruned: "#c2410c", paused: "#64748b" } as const;

function drawn(name: string, trials: readonly Trial[]): string {
  const x = (step: number): number => EDGE + ((WIDTH - 2 * EDGE) * step) / STEPS;
  const y = (loss: number): number => EDGE / 2 + (HEIGHT - 1.5 * EDGE) * (1 - Math.min(1.7, Math.max(0, loss)) / 1.7);
  const at = (step: number, loss: number): string => `${x(step).toFixed(1)},${y(loss).toFixed(1)}`;
  const lines = trials.map(({ reports, state, branch }) => {
    const points = reports.map(({ step, values }) => at(step, Number(values.loss)));
    const donor =
      branch === undefined ? undefined : trials[branch.of]!.reports.find(({ step }) => step === branch.step);
    if (donor !== undefined) points.unshift(at(donor.step, Number(donor.values.loss)));
    const colour = COLOURS[state as keyof typeof COLOURS] ?? "#000";
    const [cx, cy] = points.at(-1)!.split(",");
    const end =
      state === "complete"
        ? ""
        : `<circle cx="${cx}" cy="${cy}" r="3" fill="${state === "paused" ? "#fff" : colour}" stroke="${colour}"/>`;
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="1.2" opacity=".8"/>${end}`;
  });
  const steps = trials.reduce((sum, { reports }) => sum + reports.length, 0);
  const counts = (["complete", "pruned", "paused"] as const).map(
    (state) => [state, trials.filter((trial) => trial.state === state).length] as const,
  );
  const legend = counts
    .filter(([, count]) => count > 0)
    .map(
      ([state, count], k) =>
        `<text x="${WIDTH - EDGE}" y="${EDGE + 14 * k}" text-anchor="end" fill="${COLOURS[state]}">${count} ${state}</text>`,
    );
  const axes = `<path d="M${EDGE} ${EDGE / 2}V${HEIGHT - EDGE}H${WIDTH - EDGE}" fill="none" stroke="#94a3b8"/><text x="${WIDTH / 2}" y="${HEIGHT - 10}" text-anchor="middle" fill="#64748b">step 1 to ${STEPS} · ${steps} steps in all</text><text x="8" y="${HEIGHT / 2}" fill="#64748b" transform="rotate(-90 12 ${HEIGHT / 2})">loss</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui,sans-serif" font-size="12" role="img"><title>${name}: learning curves of a study's trials</title><rect width="100%" height="100%" fill="#fff"/>${axes}\n${lines.join("\n")}\n${legend.join("")}</svg>\n`;
}

const wanted = process.argv.slice(2);
for (const [name, options] of Object.entries(FIGURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const file = path.join(import.meta.dirname, "..", "docs", "guide", "schedulers", `${name}.svg`);
  writeFileSync(file, drawn(name, await trialsOf(name, options)));
  console.log(`${file} written`);
}
