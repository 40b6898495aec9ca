import { setting } from "./declaration.ts";
import { component, count, flag, number, time } from "./value-kinds.ts";

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
    name: "target",
    value: number,
    help: "end the study once the metric is this good",
    commands: ["run"],
    describe: "A value of the metric that ends the study.",
    guide: "ends the study once the metric is this good",
  }),
  setting({
    name: "patience",
    value: count(1),
    help: "end the study after so many finished trials without a better value",
    commands: ["run"],
    describe: "Ends the study after so many trials without a better one.",
    guide: "ends the study after so many finished trials (of any process, failed ones too) without a better value",
  }),
  setting({
    name: "scheduler",
    value: component("scheduler"),
    into: (scheduler, { position }) => ({ scheduler, schedulerPosition: position ?? undefined }),
    help: "stops or pauses poor trials early: asha, halving, median, …, or with options",
    default: "none",
    commands: ["run"],
    describe: "What ends poor trials early: a name, or a mapping with name and options.",
    guide:
      "stops or pauses poor trials early: [`asha`](schedulers/asha.md), [`halving`](schedulers/halving.md), [`median`](schedulers/median.md), [`percentile`](schedulers/percentile.md), [`threshold`](schedulers/threshold.md), [`patient`](schedulers/patient.md), [`wilcoxon`](schedulers/wilcoxon.md), or with options: " +
      "`'{name: median, warmup: 3}'`",
    keyGuide:
      "stops or pauses poor trials early: [`asha`](schedulers/asha.md), [`halving`](schedulers/halving.md), [`median`](schedulers/median.md), [`percentile`](schedulers/percentile.md), [`threshold`](schedulers/threshold.md), [`patient`](schedulers/patient.md), [`wilcoxon`](schedulers/wilcoxon.md), or a mapping with `name` " +
      "and its options",
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
