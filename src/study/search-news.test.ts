import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { createStudy } from "./create-study.ts";
import type { RunEvent, RunOptions } from "./run-options.ts";
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
