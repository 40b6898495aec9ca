import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DefineByRun, defineByRun, type JsonValue } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
import type { AskedTrial } from "./asked-trial.ts";
import { createStudy } from "./create-study.ts";
import type { Study } from "./study.ts";
import { StudyLog } from "./study-log.ts";

/** What a program may ask for; `n` makes ranges differ from trial to trial. */
const ASKS: readonly ((trial: DefineByRun, n: number) => JsonValue)[] = [
  (trial) => trial.float("rate", 1e-3, 1, { log: true }),
  (trial, n) => trial.int("layers", 1, 2 + (n % 2)),
  (trial, n) => trial.choice("kind", ["a", "b", "c"].slice(0, 2 + (n % 2))),
  (trial) => trial.ordinal("size", ["s", "m", "l"]),
  (trial) => trial.boolean("bias"),
  (trial, n) => (n % 3 === 0 ? trial.float("odd", 0, 1) : trial.int("odd", 0, 5)),
  (trial) => (trial.int("layers", 1, 3) > 1 ? trial.int("units1", 1, 64) : null),
];

const step = fc.record({
  kind: fc.constantFrom(
    "ask",
    "ask",
    "define",
    "define",
    "define",
    "tell",
    "tell",
    "fail",
    "invalidate",
    "enqueue",
    "flush",
  ),
  which: fc.nat(1_000),
  n: fc.nat(1_000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A study driven by chance; every value asked for is compared with what a process just started would answer. */
class World {
  readonly #study: Study;
  readonly #open: AskedTrial[] = [];

  private constructor(study: Study) {
    this.#study = study;
  }

  static async make(sampler: string, storage: MemoryStorage): Promise<World> {
    const options = sampler === "tpe" || sampler === "gp" ? { [sampler === "tpe" ? "startup" : "initial"]: 2 } : {};
    return new World(
      await createStudy({ name: "s", minimize: "loss", seed: 3, sampler: { name: sampler, ...options }, storage }),
    );
  }

  async take({ kind, which, n }: Step, storage: MemoryStorage): Promise<void> {
    const trial = this.#open[which % Math.max(1, this.#open.length)];
    if (kind === "ask" && this.#open.length < 4) this.#open.push(await this.#study.ask());
    else if (kind === "enqueue") await this.#study.enqueue({ bias: n % 2 === 0 });
    else if (trial === undefined) return;
    else if (kind === "define") await this.#define(trial, n, storage);
    else if (kind === "flush") await trial.flush();
    else if (kind === "invalidate") await this.#study.invalidate(trial.number);
    else if (kind === "tell" || kind === "fail") {
      this.#open.splice(this.#open.indexOf(trial), 1);
      await this.#study.tell(trial, kind === "fail" ? { failed: true } : (n % 97) / 10);
    }
  }

  async #define(trial: AskedTrial, n: number, storage: MemoryStorage): Promise<void> {
    const ask = ASKS[n % ASKS.length]!;
    // A narrower question after a wider one in the same trial is refused, as it must be.
    let value: JsonValue;
    try {
      value = ask(trial, trial.number);
    } catch (error) {
      expect(error).toMatchObject({ code: "invalid-params" });
      return;
    }
    await trial.flush();
    const log = await StudyLog.open(storage, this.#study.id);
    const record = log.trial(trial.number);
    const { definitions = [] } = record;
    const cold = defineByRun((parameter) => {
      const at = definitions.findIndex(({ name }) => name === parameter.name);
      // As it was when it asked: this process has not seen the values that came later.
      const before = definitions.slice(0, at);
      return log.suggester.value(record, parameter, log.spaceOf(record), before);
    });
    expect(ask(cold, trial.number)).toEqual(value);
  }

  async end(): Promise<void> {
    for (const trial of this.#open) await this.#study.tell(trial, 1);
    expect(await this.#study.replay()).toMatchObject({ differences: [], otherEngine: [] });
  }
}

describe.each(["random", "qmc", "tpe", "gp"])("any order of asking, running and telling, sampled by %s", (sampler) => {
  it("gives values that a fresh process and a replay compute again bit for bit", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 70, size: "max" }), async (steps) => {
        const storage = new MemoryStorage();
        const world = await World.make(sampler, storage);
        for (const each of steps) await world.take(each, storage);
        await world.end();
      }),
      { numRuns: sampler === "gp" ? 10 : 25 },
    );
  });
});
