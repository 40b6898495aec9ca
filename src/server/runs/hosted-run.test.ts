import { afterEach, describe, expect, it } from "vitest";
import { openStorage } from "../../storage/registry.ts";
import type { Storage } from "../../storage/storage.ts";
import { type Caller, OWN_PROCESS } from "../caller.ts";
import { OPERATIONS, type OperationName, type OperationOutput } from "../operations/index.ts";
import { StudyService } from "../study-service.ts";

type Event = OperationOutput<"runEvents">["events"][number];
type JobEvent = Extract<Event, { readonly type: "job" }>;

let storage: Storage;
let service: StudyService;
afterEach(async () => {
  await service.close();
  await storage.close();
});

async function call(name: OperationName, input: unknown, caller: Caller = OWN_PROCESS): Promise<never> {
  const answer = await service.call(name, input, { caller });
  OPERATIONS[name].output.parse(answer);
  return answer as never;
}

async function study(given: object = {}): Promise<void> {
  storage = await openStorage(":memory:");
  service = new StudyService(storage);
  const space = { x: "0.0..1.0" };
  await call("createStudy", { name: "a", minimize: "loss", space, sampler: "random", seed: 1, ...given });
}

/** A caller that runs each job by a function, and keeps what happened. */
async function run(
  options: object,
  work: (event: JobEvent, caller: TestCaller) => Promise<object>,
): Promise<TestCaller> {
  const { run: name } = (await call("startRun", { study: "a", ...options })) as { run: string };
  const caller = new TestCaller(name);
  await caller.follow(work);
  return caller;
}

class TestCaller {
  readonly run: string;
  readonly events: Event[] = [];
  readonly #heard = new Map<string, PromiseWithResolvers<void>>();

  constructor(run: string) {
    this.run = run;
  }

  async follow(work: (event: JobEvent, caller: TestCaller) => Promise<object>): Promise<void> {
    for (let after = 0; !this.events.some(({ type }) => type === "over" || type === "failed"); ) {
      const { events, next } = (await call("runEvents", {
        run: this.run,
        after,
        wait: 60,
      })) as OperationOutput<"runEvents">;
      after = next;
      for (const event of events) {
        this.events.push(event);
        if ("job" in event) this.#of(event.type, event.job).resolve();
        if (event.type === "job") void work(event, this).then((end) => this.end(event.job, end));
      }
    }
  }

  async end(job: number, end: object): Promise<void> {
    await call("endJob", { run: this.run, job, ...end });
  }

  async report(job: number, step: number, loss: number): Promise<string | null> {
    const reports = [{ step, values: { loss } }];
    return ((await call("reportJob", { run: this.run, job, reports })) as OperationOutput<"reportJob">).wanted;
  }

  /** Resolves when something was said of a job. */
  async heard(type: string, job: number): Promise<void> {
    await this.#of(type, job).promise;
  }

  of(type: Event["type"]): readonly Event[] {
    return this.events.filter((event) => event.type === type);
  }

  wasTold(type: "stop", job: number): boolean {
    return this.events.some((event) => event.type === type && event.job === job);
  }

  #of(type: string, job: number): PromiseWithResolvers<void> {
    const key = `${type} ${job}`;
    const known = this.#heard.get(key) ?? Promise.withResolvers<void>();
    this.#heard.set(key, known);
    return known;
  }
}

describe("a run whose caller runs its trials", () => {
  it("has the budget exact, and tells of each end", async () => {
    await study();
    const {
      events,
      of: _,
      ...caller
    } = await run({ trials: 7, workers: 3 }, async ({ params }) => ({
      end: "value",
      value: params.x,
    }));
    expect(caller).toBeDefined();
    const finished = events.filter(({ type }) => type === "finished");
    expect(finished).toHaveLength(7);
    expect(events.at(-1)).toMatchObject({ type: "over", reason: "trials", trialsSpent: 7, ran: 7 });
    expect(await call("study", { study: "a" })).toMatchObject({ trialsSpent: 7, trials: 7 });
  });

  it("ends by target, patience and the caller's word, as any run does", async () => {
    await study();
    const target = await run({ target: 2 }, async ({ trial }) => ({ end: "value", value: 5 - trial }));
    expect(target.of("over")).toMatchObject([{ reason: "target", trialsSpent: 4 }]);
    const patience = await run({ patience: 3 }, async () => ({ end: "value", value: 9 }));
    expect(patience.of("over")).toMatchObject([{ reason: "patience" }]);
    const stopped = await run({ grace: 1 }, async (event, caller) => {
      await call("endRun", { run: caller.run });
      await caller.heard("stop", event.job);
      return { end: "stopped" };
    });
    expect(stopped.of("over")).toMatchObject([{ reason: "stopped" }]);
    expect(await call("summary", { study: "a" })).toMatchObject({ counts: { waiting: 1, failed: 0 } });
  });

  it("takes failures, ends that the function chose, and jobs that were lost: the third loss fails the trial", async () => {
    await study();
    const ends = [
      { end: "failed", message: "The function raised ValueError: no" },
      { end: "stopped" },
      ...[1, 2, 3].map(() => ({ end: "lost", message: "Its process was killed by signal 9." })),
      { end: "value", values: { loss: "NaN" } },
      { end: "value", values: { los: 1 } },
      { end: "value", values: { loss: 1, seconds: 2 } },
    ];
    await run({ trials: 6, keepGoing: true }, async () => ends.shift()!);
    const { trials } = (await call("trials", { study: "a" })) as OperationOutput<"trials">;
    const told = trials.map(({ state, outcome }) => [state, outcome]);
    expect(told).toEqual([
      ["failed", "error"],
      ["pruned", "stopped"],
      ["failed", "lost"],
      ["failed", "nan"],
      ["failed", "no-metric"],
      ["complete", "ok"],
    ]);
    expect(trials[0]!.message).toBe("The function raised ValueError: no");
  });

  it("tells with the report that a scheduler stops the trial", async () => {
    await study({ scheduler: { name: "threshold", upper: 10 } });
    const wanted: unknown[] = [];
    const { events } = await run({ trials: 2 }, async ({ job, trial }, caller) => {
      for (const step of [1, 2, 3]) {
        const word = await caller.report(job, step, trial === 0 ? 1 : 100);
        wanted.push(word);
        if (word === "stop") return { end: "stopped" };
      }
      return { end: "value", value: 1 };
    });
    expect(wanted).toEqual([null, null, null, "stop"]);
    expect(events.at(-1)).toMatchObject({ type: "over" });
    expect(await call("summary", { study: "a" })).toMatchObject({ counts: { complete: 1, pruned: 1 } });
  });

  it("lets jobs stand still, runs others meanwhile, and wakes those that are promoted", async () => {
    await study({ scheduler: { name: "asha", smallest: 1, largest: 9, reduction: 3 } });
    let most = 0;
    const held = new Set<number>();
    const caller = await run(
      { trials: 9, workers: 1, freezes: true, freeze: "always" },
      async ({ job, trial }, each) => {
        for (let step = 1; step <= 9; step++) {
          const word = await each.report(job, step, trial + 10 / step);
          if (word === "freeze") {
            held.add(job);
            most = Math.max(most, held.size);
            const waits = Promise.race([each.heard("wake", job), each.heard("stop", job), each.heard("kill", job)]);
            await call("holdJob", { run: each.run, job, bytes: 1000 });
            await waits;
            held.delete(job);
          }
          if (word === "stop" || each.wasTold("stop", job)) return { end: "stopped" };
        }
        return { end: "value", value: trial };
      },
    );
    expect(most).toBeGreaterThan(2);
    expect(caller.of("wake").length).toBeGreaterThan(0);
    expect(caller.of("over")).toMatchObject([{ reason: "trials" }]);
  });

  it("of a caller far away ends with the service, and gives its trials back", async () => {
    await study();
    const far: Caller = { role: "operator", commands: false, own: false };
    const { run: name } = (await call("startRun", { study: "a" }, far)) as { run: string };
    await call("runEvents", { run: name, wait: 30 }, far);
    await service.close();
    service = new StudyService(storage);
    expect(await call("summary", { study: "a" })).toMatchObject({ counts: { waiting: 1, running: 0 } });
  });
});
