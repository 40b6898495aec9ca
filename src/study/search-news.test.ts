import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import type { RunEvent, RunOptions } from "./run-options.ts";
import { SearchNews } from "./search-news.ts";
import { StudyLog } from "./study-log.ts";
import type { StudyOptions } from "./study-options.ts";

type Values = Readonly<Record<string, number>>;

async function news(options: Partial<StudyOptions>, values: readonly Values[], run: Partial<RunOptions> = {}) {
  const study = await createStudy({ name: "s", space: { x: float(0, 1) }, sampler: "random", ...options });
  const said: string[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.type === "notice") said.push(event.text);
    if (event.type === "finished") said.push(String(event.trial.number));
  };
  const result = await study.optimize(({ number }) => values[number]!, { trials: values.length, onEvent, ...run });
  return { study, said, result };
}

const two = { minimize: ["error", "ms"] } as const;

describe("what a run tells of its search", () => {
  it("says once that all goals are met by one trial, and how it goes on", async () => {
    const values = [
      { error: 0.1, ms: 30 },
      { error: 0.9, ms: 5 },
      { error: 0.2, ms: 10 },
      { error: 0.1, ms: 1 },
    ];
    const { said } = await news({ ...two, goals: ["error <= 0.2", "ms <= 10"] }, values);
    const text = "All goals are met by trial 2 (error <= 0.2, ms <= 10); the search goes on by raw values.";
    expect(said).toEqual(["0", "1", "2", text, "3"]);
  });

  it("says by what it goes on where some objectives have no goal", async () => {
    const values = [
      { error: 0.3, ms: 30 },
      { error: 0.2, ms: 50 },
    ];
    const { said } = await news({ ...two, goals: ["error <= 0.2"] }, values);
    expect(said.at(-1)).toBe("All goals are met by trial 1 (error <= 0.2); the search goes on by ms.");
  });

  it("ends instead where that is the target, and takes no trial that breaks a limit", async () => {
    const values = [
      { error: 0.1, ms: 30 },
      { error: 0.1, ms: 5 },
      { error: 0, ms: 0 },
    ];
    const options = { ...two, goals: ["error <= 0.2"], limits: ["ms <= 10"] };
    const { said, result } = await news(options, values, { target: "goals" });
    expect(said).toEqual(["0", "1"]);
    expect(result).toMatchObject({ reason: "target", message: "All goals are met: by trial 1." });
  });

  it("says while nothing keeps the limits that it looks for that, and what is the first to keep them", async () => {
    const values = [60, 50, 40, 45, 30, 25, 20].map((ms) => ({ error: 1, ms }));
    const { said } = await news({ ...two, limits: ["ms <= 20"] }, values);
    expect(said).toEqual([
      ...["0", "1", "2", "3", "4"],
      "None of the 5 trials so far keeps the limits (ms <= 20): the search looks for one that does.",
      ...["5", "6"],
      "Trial 6 is the first to keep the limits (ms <= 20); the search goes on by error, ms.",
    ]);
  });

  it("says so at the begin of a later run, and of hidden trials no more", async () => {
    const { study } = await news({ ...two, goals: ["error <= 0.2"] }, [{ error: 0.1, ms: 3 }]);
    const said: string[] = [];
    const onEvent = (event: RunEvent): void => {
      if (event.type === "notice") said.push(event.text);
    };
    await study.optimize(() => ({ error: 1, ms: 1 }), { trials: 2, onEvent });
    expect(said).toHaveLength(1);
    await study.invalidate(0);
    await study.optimize(() => ({ error: 1, ms: 1 }), { trials: 3, onEvent });
    expect(said).toHaveLength(1);
  });

  it("says nothing of studies without goals and limits", async () => {
    const { said } = await news(two, [{ error: 1, ms: 1 }]);
    expect(said).toEqual(["0"]);
  });
});

/** News of a study whose trials are told by hand. */
async function told(options: Partial<StudyOptions>) {
  const storage = await openStorage(":memory:");
  const given = { name: "s", space: { x: float(0, 1) }, sampler: "random", storage, ...options } as const;
  const study = await createStudy(given);
  const log = await StudyLog.open(storage, study.id);
  let looks = 0;
  const trial = log.trial.bind(log);
  log.trial = (number) => {
    looks += 1;
    return trial(number);
  };
  const news = new SearchNews(log);
  const ran = async (...all: readonly Values[]): Promise<readonly string[]> => {
    for (const values of all) await study.tell(await study.ask(), values);
    await log.refresh();
    return news.check();
  };
  const change = async (other: Partial<StudyOptions>) => await createStudy({ ...given, ...other });
  return { study, ran, change, looked: () => looks };
}

const NONE = "None of the 5 trials so far keeps the limits (ms <= 20): the search looks for one that does.";
const far = (count: number) => Array.from({ length: count }, () => ({ error: 1, ms: 30 }));

describe("the news of a search", () => {
  it("count neither what ended early or failed nor what has no finite value", async () => {
    const { study, ran } = await told({ ...two, limits: ["ms <= 20"], goals: ["error <= 1"] });
    expect(await ran(...far(4), { error: 1, ms: Number.NaN }, { error: Number.POSITIVE_INFINITY, ms: 30 })).toEqual([]);
    const early = await study.ask();
    await early.report(1, { error: 0, ms: 30 });
    await study.tell(early, { stopped: true });
    const good = await study.ask();
    await good.report(1, { error: 0, ms: 1 });
    await study.tell(good, { stopped: true });
    expect(await ran()).toEqual([]);
    expect(await ran({ error: Number.NEGATIVE_INFINITY, ms: 10 })).toEqual([]);
    expect(await ran(...far(1))).toEqual([NONE]);
    expect(await ran(...far(1))).toEqual([]);
  });

  it("say once what is the first to keep the limits, and nothing of that where none was missed", async () => {
    const { ran } = await told({ ...two, limits: ["ms <= 20"] });
    await ran(...far(5));
    const first = "Trial 5 is the first to keep the limits (ms <= 20); the search goes on by error, ms.";
    expect(await ran({ error: 1, ms: 20 })).toEqual([first]);
    expect(await ran({ error: 1, ms: 20 })).toEqual([]);
    const soon = await told({ ...two, limits: ["ms <= 20"] });
    expect(await soon.ran({ error: 1, ms: 20 }, ...far(9))).toEqual([]);
  });

  it("are told again of other limits and other goals, for all trials so far", async () => {
    const { ran, change } = await told({ ...two, limits: ["ms <= 20"] });
    expect(await ran(...far(5))).toEqual([NONE]);
    await change({ limits: ["ms <= 25"] });
    expect(await ran()).toEqual([NONE.replace("20", "25")]);
    await change({ limits: ["ms <= 30"], goals: ["error <= 1"] });
    const met = "All goals are met by trial 0 (error <= 1); the search goes on by ms.";
    expect(await ran()).toEqual([met]);
    await change({ limits: ["ms <= 30"], goals: ["error <= 0"] });
    expect(await ran()).toEqual([]);
    await change({ limits: ["ms <= 30"], goals: ["error <= 2"] });
    expect(await ran()).toEqual([met.replace("<= 1", "<= 2")]);
  });

  it("are not told again for a trial that is hidden, which counts no more", async () => {
    const { study, ran } = await told({ ...two, limits: ["ms <= 20"], goals: ["error <= 1"] });
    await ran(...far(4));
    await study.invalidate(0);
    expect(await ran(...far(1))).toEqual([]);
    expect(await ran(...far(1))).toEqual([NONE]);
    await study.invalidate(1);
    await study.restore(0);
    expect(await ran(...far(2))).toEqual([]);
    expect(await ran({ error: 1, ms: 1 })).toHaveLength(2);
    await study.invalidate(8);
    expect(await ran({ error: 0, ms: 1 })).toEqual([]);
  });

  it("look at each trial once, and at none where there are neither limits nor goals", async () => {
    const { study, ran, looked } = await told({ ...two, limits: ["ms <= 20"] });
    await ran(...far(3));
    await ran(...far(1));
    expect(looked()).toBe(4);
    await study.invalidate(0);
    await ran();
    await ran();
    expect(looked()).toBe(7);
    const plain = await told(two);
    expect(await plain.ran(...far(7))).toEqual([]);
    expect(plain.looked()).toBe(0);
  });
});
