import { describe, expect, it } from "vitest";
import { makeTrial } from "../../../objective/testing/make-trial.testing.ts";
import type { Trial } from "../../../trial/trial.ts";
import { createPaint, glyphsFor } from "../../render/text.ts";
import { RunWatch } from "./run-watch.ts";
import { screenLines } from "./screen-lines.ts";

const style = { columns: 80, rows: 24, glyphs: glyphsFor({ LANG: "en_US.UTF-8" }), paint: createPaint(false) };

function running(number: number): Trial {
  const attempt = { index: 0, owner: { kind: "detached", token: "t" }, startedAt: 1000, endedAt: null } as const;
  const more = { outcome: null, message: null, exitCode: null, signal: null, checkpoint: null };
  const segments = [{ index: 0, until: null, attempts: [{ ...attempt, ...more }] }];
  return makeTrial(number, 0, {
    state: "running",
    values: {},
    segments,
    reports: [{ seq: 0, step: 4, values: { loss: 0.5 } }],
  });
}

const NAME = "validation_loss_of_the_ensemble_on_the_second_fold";

function watched(limit: number | null, timeout: number | null = null, name = "loss") {
  const trials = new Map<number, Trial>([[0, makeTrial(0, 3, { params: { lr: 0.1 } })]]);
  const study = {
    metrics: [{ name, direction: "minimize" }] as const,
    limits: [],
    get trialsSpent() {
      return [...trials.values()].filter(({ state }) => state !== "running").length;
    },
    trials: () => [...trials.values()],
    view: (number: number) => trials.get(number),
  };
  const watch = new RunWatch(study, { trials: limit, timeout }, 0);
  const start = (number: number): void => {
    trials.set(number, running(number));
    watch.event({ type: "started", trial: number, worker: 0 }, 0);
  };
  const end = (trial: Trial, best: boolean, now: number): void => {
    trials.set(trial.number, trial);
    watch.event({ type: "finished", trial, best }, now);
  };
  return { watch, start, end };
}

describe("the live screen", () => {
  it("shows the best with its course, progress, failures by cause, and what runs", () => {
    const { watch, start, end } = watched(10);
    start(1);
    end(makeTrial(1, 1, { params: { lr: 0.2 } }), true, 2000);
    const message = "The program ended with exit code 1.";
    end(makeTrial(2, 0, { state: "failed", outcome: "exit-code", message, values: {} }), false, 4000);
    start(3);
    expect(screenLines(watch.moment(4000), 66_000, style)).toEqual([
      "best     loss 1  trial 1  █▁",
      "         lr=0.2",
      "trials   ██████░░░░░░░░░░░░░░ 3 of 10   30 a minute   about 14 s left",
      "failed   1 × The program ended with exit code 1.  trial 2",
      "running  trial 3  1 min 5 s  step 4  loss 0.5",
    ]);
  });

  it("counts running trials that there is no room for, and says that it stops", () => {
    const { watch, start } = watched(null);
    for (let number = 1; number <= 9; number++) start(number);
    watch.event({ type: "stopping", reason: "stopped" }, 0);
    const lines = screenLines(watch.moment(0), 1000, { ...style, rows: 8 });
    expect(lines).toHaveLength(6);
    expect(lines.slice(2, 3)).toEqual(["trials   1 done   stopping: no new trials"]);
    expect(lines.at(-1)).toBe("         and 7 more");
  });

  it("tells how long a time limit leaves at most, where that is less than the trials would take", () => {
    const line = (trials: number | null, timeout: number | null) => {
      const { watch, end } = watched(trials, timeout);
      end(makeTrial(1, 1), true, 2000);
      return screenLines(watch.moment(2000), 2000, style).find((text) => text.startsWith("trials"));
    };
    expect(line(null, 100)).toBe("trials   2 done   30 a minute   at most 1 min 38 s left");
    expect(line(10, 10)).toContain("at most 8 s left");
    expect(line(10, 100)).toContain("about 16 s left");
  });

  it("keeps the best value on a narrow screen, whatever the metric is called", () => {
    for (const columns of [28, 30, 40, 60]) {
      const { watch, end } = watched(10, null, NAME);
      end(makeTrial(1, 0, { values: { [NAME]: 0.123456 }, params: { learning_rate: 0.2 } }), true, 2000);
      const lines = screenLines(watch.moment(2000), 2000, { ...style, columns });
      expect(lines[0]).toContain(" 0.123456");
      expect(lines[0]!.length).toBeLessThan(columns);
      expect(lines.find((line) => line.startsWith("trials"))!.slice(0, columns)).toContain("of 10");
    }
  });

  it("folds parameters, and counts those that a short screen has no room for", () => {
    const params = Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`parameter_${k}`, k / 10]));
    const { watch, end } = watched(10);
    end(makeTrial(1, 1, { params }), true, 2000);
    const lines = screenLines(watch.moment(2000), 2000, style);
    for (const [name, value] of Object.entries(params)) expect(lines.join("\n")).toContain(`${name}=${value}`);
    for (const line of lines) expect(line.length).toBeLessThan(80);
    const short = screenLines(watch.moment(2000), 2000, { ...style, columns: 40, rows: 10 });
    expect(short.slice(1, 3).join("\n")).toMatch(/parameter_0=0 .*and 9 more/s);
  });

  it("takes a tall screen's rows: a chart over several, every running trial, more causes", () => {
    const { watch, start, end } = watched(100);
    for (let number = 1; number <= 9; number++) end(makeTrial(number, 10 - number), true, 1000 * number);
    for (let cause = 0; cause < 6; cause++) {
      const message = `cause ${"abcdef"[cause]}`;
      end(makeTrial(20 + cause, 0, { state: "failed", outcome: "error", message, values: {} }), false, 9000);
    }
    for (let number = 40; number < 60; number++) start(number);
    const lines = screenLines(watch.moment(9000), 9000, { ...style, rows: 60 });
    expect(lines.filter((line) => /[▁▂▃▄▅▆▇█] *$/.test(line) && !line.startsWith("trials"))).toHaveLength(11);
    expect(lines.filter((line) => line.includes("cause "))).toHaveLength(6);
    expect(lines.filter((line) => /trial [45]\d {2}/.test(line))).toHaveLength(20);
    expect(lines.length).toBeLessThanOrEqual(58);
    const low = screenLines(watch.moment(9000), 9000, { ...style, rows: 20 });
    expect(low.length).toBeLessThanOrEqual(18);
    expect(low[0]).toMatch(/^best .*[▁▂▃▄▅▆▇█]/);
  });

  it("has plain signs where the locale is not UTF-8", () => {
    expect(glyphsFor({ LANG: "C" }).full).toBe(process.platform === "linux" ? "#" : "█");
  });
});

it("reads of a long course no more values than it draws", () => {
  for (const rows of [8, 60]) {
    let reads = 0;
    const values = Array.from({ length: 100_000 }, (_, k) => -k);
    const course = new Proxy(values, {
      get: (target, key) => {
        reads += 1;
        return Reflect.get(target, key);
      },
    });
    const { watch } = watched(null);
    screenLines({ ...watch.moment(1), course }, 1, { ...style, rows });
    expect(reads).toBeLessThan(1000);
  }
});

it("looks at all trials once, however often it is drawn", () => {
  let looks = 0;
  const trials = Array.from({ length: 1000 }, (_, k) => makeTrial(k, k));
  const study = {
    metrics: [{ name: "loss", direction: "minimize" }] as const,
    limits: [],
    trialsSpent: trials.length,
    trials: () => {
      looks += trials.length;
      return trials;
    },
    view: (number: number) => {
      looks += 1;
      return trials[number];
    },
  };
  const watch = new RunWatch(study, { trials: null, timeout: null }, 0);
  for (let now = 0; now < 1000; now++) {
    watch.event({ type: "finished", trial: trials[now]!, best: false }, now);
    screenLines(watch.moment(now), now, style);
  }
  expect(looks).toBe(trials.length);
});
