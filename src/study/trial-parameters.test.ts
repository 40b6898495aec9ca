import { describe, expect, it } from "vitest";
import { choice, defineSpace, derived, float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { leasedOwner } from "./new-owner.ts";
import { StudyLog } from "./study-log.ts";
import { TrialParameters } from "./trial-parameters.ts";

const declared = (name: string, builder: ReturnType<typeof float> | ReturnType<typeof int>) =>
  defineSpace({ [name]: builder }).parameters[0]!;
const number = (name: string, low: number, high: number) => declared(name, float(low, high));
const whole = (name: string, low: number, high: number) => declared(name, int(low, high));

/** A trial that runs, and asks for parameters. */
async function asking(more: object = {}, until: number | null = null) {
  const storage = await openStorage(":memory:");
  const space = { x: float(0, 1), k: choice(["a", "b"]), n: int(1, 3, { when: { k: "b" } }), ...more };
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1, storage });
  const log = await StudyLog.open(storage, study.id);
  await study.enqueue({ x: 0.25, k: "a" });
  const owner = leasedOwner("0");
  await log.execute({ type: "claim", owner, limit: null, until, candidate: null });
  const parameters = new TrialParameters(log, 0, owner.token);
  const defined = async () =>
    (await storage.read(study.id, 0)).flatMap(({ event }) => (event.type === "defined" ? [event.definitions] : []));
  return { log, token: owner.token, parameters, defined };
}

describe("parameters that a trial asks for", () => {
  it("have one value in the trial, which is written once, together with others", async () => {
    const { log, token, parameters, defined } = await asking();
    const [a, b] = [parameters.ask(number("a", 0, 2)), parameters.ask(number("b", 0, 2))];
    expect(parameters.ask(number("a", 0, 2))).toBe(a);
    expect(a).not.toBe(b);
    expect(await defined()).toEqual([]);
    await parameters.flush();
    await parameters.flush();
    const domain = expect.objectContaining({ type: "float", low: 0, high: 2 });
    expect(await defined()).toEqual([
      [
        { name: "a", domain, value: a },
        { name: "b", domain, value: b },
      ],
    ]);
    // Who goes on with the trial has them too.
    const again = new TrialParameters(log, 0, token);
    expect(again.ask(number("b", 0, 2))).toBe(b);
    await again.flush();
    expect(await defined()).toHaveLength(1);
  });

  it("are written by themselves before long", async () => {
    const { parameters, defined } = await asking();
    parameters.ask(number("a", 0, 2));
    await expect.poll(defined, { timeout: 10_000 }).toHaveLength(1);
    parameters.ask(number("b", 0, 2));
    await expect.poll(defined, { timeout: 10_000 }).toHaveLength(2);
    await parameters.flush();
    expect(await defined()).toHaveLength(2);
  });

  it("are those that the space declares, where they are asked for as they are declared, and active", async () => {
    const { parameters, defined } = await asking({ twice: derived<number>("2 * x") });
    expect(parameters.ask(number("x", 0, 1))).toBe(0.25);
    expect(() => parameters.ask(number("x", 0, 2))).toThrow(
      /^Trial 0 asks for x as .*, but the study's space declares it \(allowed: .*\); a name means one thing in a trial/,
    );
    expect(() => parameters.ask(whole("n", 1, 3))).toThrow(
      "but the study's space declares it, and it is not active with this trial's values.",
    );
    expect(() => parameters.ask(number("twice", 0, 2))).toThrow("but the study's space computes a value of that name");
    await parameters.flush();
    expect(await defined()).toEqual([]);
  });

  it("are refused under a name that stood for something else before", async () => {
    const { parameters } = await asking();
    parameters.ask(number("a", 0, 2));
    expect(() => parameters.ask(number("a", 0, 3))).toThrow(
      /but it asked for it as \{.*"high":2.*\} before; a name means/,
    );
  });

  it("are the fidelity, with what the trial is to run up to", async () => {
    const { parameters } = await asking({ epochs: int(1, 9, { fidelity: true }) }, 3);
    expect(parameters.ask(whole("epochs", 1, 9))).toBe(3);
    expect(() => parameters.ask(whole("epochs", 1, 8))).toThrow("but it is the study's fidelity (allowed: ");
  });

  it("tell whoever flushes, and nobody else, that they could not be written", async () => {
    const { log, token, parameters } = await asking();
    const end = { outcome: "lost", message: null, exitCode: null, signal: null, checkpoint: null } as const;
    await log.execute({ type: "return", trial: 0, token, evidence: "self", end });
    parameters.ask(number("a", 0, 2));
    await expect(parameters.flush()).rejects.toThrow(/is not held|no longer|not running|waiting/);
    await parameters.flush();
  });
});
