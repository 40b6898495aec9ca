import { setting, type ValueKind } from "./declaration.ts";
import { badSetting, type GivenSetting, readNumber } from "./given-setting.ts";
import { budget, component, count, flag, size, time, timeLimit, word } from "./value-kinds.ts";

/** A value, or that all goals are met. */
const TARGET: ValueKind<number | "goals"> = {
  form: "<value>",
  read: (given) => (given.value === "goals" ? "goals" : readNumber(given, "give a number, or goals.")),
  schema: { anyOf: [{ type: "number" }, { const: "goals" }] },
  words: ["goals"],
};

/** How far and how fast a run goes, and what ends it or its trials early. */
export const COURSE_SETTINGS = [
  setting({
    name: "trials",
    value: count(0),
    help: "trials in all, earlier runs included",
    default: "until stopped",
    commands: ["run"],
    describe: "Trials in all, over all runs and processes.",
    guide: "trials in all, earlier runs and other processes included; without it the run goes on until stopped",
  }),
  setting({
    name: "workers",
    value: count(1),
    help: "trials at a time",
    default: "1",
    commands: ["run", "confirm"],
    describe: "Trials at a time.",
  }),
  setting({
    name: "timeout",
    value: time,
    help: "tuning time in all, earlier runs included: 90, 30s, 10m, 2h",
    commands: ["run"],
    describe: "Tuning time in all: 90 (seconds), 30s, 10m, 2h.",
    guide: "tuning time in all, earlier runs included: `90` (seconds), `30s`, `10m`, `2h`, `1h30m`",
  }),
  setting({
    name: "budget",
    value: budget,
    help: "what to use up in all: '2000 steps', '30 runs' (full ones), or a time",
    commands: ["run"],
    describe:
      "What the study may use up in all, over all runs and processes: 2000 steps, 30 runs (full ones), or a time.",
    guide:
      "what the study may use up in all, earlier runs and other processes included: `'2000 steps'`, `'30 runs'` (full ones), or a time: see [budgets](cli.md#budgets)",
    keyGuide:
      "what the study may use up in all: `2000 steps`, `30 runs` (full ones), or a time: see [budgets](cli.md#budgets)",
  }),
  setting({
    name: "target",
    value: TARGET,
    help: "end the study once the metric is this good; goals: once all goals are met",
    commands: ["run"],
    describe: "A value of the metric that ends the study; goals: once all goals are met.",
    guide:
      "ends the study once the metric is this good; `goals`: once one trial meets all [goals](several-objectives.md#goals)",
  }),
  setting({
    name: "patience",
    value: count(1),
    help: "end the study after so many finished trials without a better value, full runs where trials pause",
    commands: ["run"],
    describe: "Ends the study after so many trials without a better one.",
    guide:
      "ends the study after so many finished trials (of any process, failed ones too) without a better value; where the scheduler pauses trials, after so many full runs' worth of steps",
  }),
  setting({
    name: "scheduler",
    value: component("scheduler"),
    into: (scheduler, { position }) => ({ scheduler, schedulerPosition: position ?? undefined }),
    help: "stops or pauses poor trials early: auto, asha, median, …, or with options",
    default: "none",
    commands: ["run"],
    describe: "What ends poor trials early: a name, or a mapping with name and options.",
    guide:
      "stops or pauses poor trials early: [`auto`](schedulers/auto.md), [`asha`](schedulers/asha.md), [`hyperband`](schedulers/hyperband.md), [`pbt`](schedulers/pbt.md), [`halving`](schedulers/halving.md), [`median`](schedulers/median.md), [`percentile`](schedulers/percentile.md), [`threshold`](schedulers/threshold.md), [`patient`](schedulers/patient.md), [`wilcoxon`](schedulers/wilcoxon.md), [`curve`](schedulers/curve.md), or with options: " +
      "`'{name: median, warmup: 3}'`",
    keyGuide:
      "stops or pauses poor trials early: [`auto`](schedulers/auto.md), [`asha`](schedulers/asha.md), [`hyperband`](schedulers/hyperband.md), [`pbt`](schedulers/pbt.md), [`halving`](schedulers/halving.md), [`median`](schedulers/median.md), [`percentile`](schedulers/percentile.md), [`threshold`](schedulers/threshold.md), [`patient`](schedulers/patient.md), [`wilcoxon`](schedulers/wilcoxon.md), [`curve`](schedulers/curve.md), or a mapping with `name` " +
      "and its options",
  }),
  setting({
    name: "folds",
    value: count(2),
    help: "start the program once a fold, ${fold} being 1 to this, and take the mean",
    default: "once, without a fold",
    commands: ["run"],
    describe:
      "How many times a trial starts its program, once a fold, ${fold} being 1 to this; its values are the means.",
    guide:
      "how many times a trial starts its program, once a fold, `${fold}` being 1 to this; its values are the means: see [folds](commands.md#folds)",
  }),
  setting({
    name: "grace",
    value: time,
    help: "time running trials get to finish when stopped",
    default: "10s",
    commands: ["run", "confirm"],
    describe: "Time running trials get when the run is stopped; 10 s.",
    guide: "time running trials get to finish when the run is stopped",
  }),
  setting({
    name: "keep-going",
    value: flag,
    help: "go on when the first three trials all fail the same way",
    helpIn: { confirm: "make all runs, also where the first two come out alike" },
    commands: ["run", "confirm"],
    describe: "Go on when the first three trials all fail the same way.",
    keyGuide: "`true`: go on when the first three trials all fail the same way",
  }),
] as const;

const GPUS: ValueKind<readonly string[]> = {
  form: "<list>",
  read: readGpus,
  schema: {
    anyOf: [
      { type: "array", minItems: 1, items: { type: ["string", "number", "boolean"] } },
      { type: ["string", "integer"] },
    ],
  },
};

/** What trials may use up and what they are given. */
export const LIMIT_SETTINGS = [
  setting({
    name: "trial-timeout",
    value: timeLimit,
    help: "time one trial may take, then it is failed: 90, 30s, 10m, 2h",
    commands: ["run", "confirm"],
    describe: "Time one trial may take.",
    guide:
      "time one trial may take before it is ended as failed: `90`, `30s`, `10m`, `2h`; see [running safely](running-safely.md)",
  }),
  setting({
    name: "idle-timeout",
    value: timeLimit,
    help: "time one trial may stay without any output, then it is failed",
    commands: ["run", "confirm"],
    describe: "Time one trial may stay without output.",
    guide: "time one trial may stay without any output before it is ended as failed",
  }),
  setting({
    name: "memory-limit",
    value: size(1),
    help: "memory one trial may take with all it starts: 500MB, 8GB",
    commands: ["run", "confirm"],
    describe: "Memory one trial may take: 500MB, 8GB.",
    guide: "memory one trial may take with all it starts: `500MB`, `8GB`",
  }),
  setting({
    name: "freeze",
    value: word("<when>", ["never", "auto", "always"] as const),
    help: "keep programs of paused trials in memory: never, auto, always",
    default: "auto",
    commands: ["run"],
    describe: "Whether programs of paused trials that keep no checkpoint stand still in memory until they are run on.",
    guide:
      "whether programs of paused trials that keep no checkpoint stand still in memory until they are run on; `auto`: unless a metric is a time. See [frozen programs](frozen-programs.md)",
  }),
  setting({
    name: "freeze-memory",
    value: size(0),
    help: "memory that programs kept so may hold together: 8GB; 0 for none",
    default: "a quarter",
    commands: ["run"],
    describe: "Memory that programs standing still may hold together on this machine: 8GB; 0 for none.",
    guide:
      "memory that programs standing still may hold together on this machine, `0` for none; without it a quarter of what the machine or its control group has",
  }),
  setting({
    name: "checkpoint-space",
    value: size(0),
    help: "disk that checkpoints may take: 5GB; then paused trials lose theirs, the worst first",
    default: "half of what is free",
    commands: ["run"],
    describe:
      "Disk that checkpoints of the study may take: 5GB. Past it the least promising paused trials lose theirs.",
    guide:
      "disk that the study's checkpoints may take: `5GB`; past it those that nobody goes on from are removed, then those of the least promising paused trials, which begin anew if they are promoted; without it half of what is free and they take themselves. See [checkpoints](running-safely.md#checkpoints)",
  }),
  setting({
    name: "gpus",
    value: GPUS,
    help: "GPUs to hand out to trials: 0,1",
    default: "every trial sees all",
    commands: ["run", "confirm"],
    describe: "GPUs to hand out, as CUDA_VISIBLE_DEVICES names them.",
    guide: "GPUs to hand out to trials: `0,1`; see [running safely](running-safely.md#processors-and-gpus)",
    keyGuide: "GPUs to hand out to trials: `[0, 1]`; see [running safely](running-safely.md#processors-and-gpus)",
  }),
  setting({
    name: "trials-per-gpu",
    value: count(1),
    help: "trials that share a GPU",
    default: "1",
    commands: ["run", "confirm"],
    describe: "Trials that share a GPU.",
  }),
  setting({
    name: "gpus-per-trial",
    value: count(1),
    help: "GPUs that each trial gets",
    default: "1",
    commands: ["run", "confirm"],
    describe: "GPUs for each trial.",
  }),
  setting({
    name: "log-limit",
    value: size(1),
    help: "output kept of each attempt, the newest",
    default: "100MB",
    commands: ["run", "confirm"],
    describe: "Output kept of each attempt, the newest: 100MB.",
    guide: "output kept of each attempt, the newest: see [logs](running-safely.md#logs)",
  }),
  setting({
    name: "min-free",
    value: size(0),
    help: "disk space below which no new trial begins",
    default: "100MB",
    commands: ["run", "confirm"],
    describe: "Disk space below which no new trial begins: 1GB; 0 for no guard.",
    guide: "disk space below which no new trial begins, `0` for no guard: see [disks](running-safely.md#disks)",
  }),
  setting({
    name: "nice",
    value: count(0, 19),
    help: "run programs at a lower priority, 0 to 19",
    default: "0",
    commands: ["run", "confirm"],
    describe: "Lower priority of the programs.",
  }),
] as const;

/** `0,1` or a list; identifiers (`GPU-1a2b…`, `MIG-…`) as well as numbers. */
function readGpus(given: GivenSetting): readonly string[] {
  const { value } = given;
  const items = Array.isArray(value) ? value.map(String) : String(value ?? "").split(",");
  const names = items.map((item) => item.trim());
  if (names.every((name) => /^[A-Za-z0-9][A-Za-z0-9:_/.-]*$/.test(name))) return names;
  throw badSetting(given, "give the GPUs as CUDA_VISIBLE_DEVICES names them: 0,1 or GPU-1a2b3c4d.");
}
