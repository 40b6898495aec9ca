import { enableCompileCache } from "node:module";
import { dirname } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { AttuneError } from "../../errors.ts";
import { defineByRun } from "../../space/define-by-run.ts";
import { asValues, badReport } from "./function-result.ts";
import { FLAG, type FromThread, MOST_UNDER_WAY, type ToThread } from "./module-messages.ts";
import { askQuestion } from "./module-questions.ts";
import type { TrialHandle } from "./trial-handle.ts";

type RunMessage = Extract<ToThread, { readonly kind: "run" }>;
type TunedFunction = (trial: TrialHandle) => unknown;

const DONE = Promise.resolve();
const port = parentPort!;
/** `compiled`: where this process keeps compiled code, if it does, in a folder for this version of Node. */
const { url, compiled } = workerData as { readonly url: string; readonly compiled?: string };
let stopping = new AbortController();
let loaded: Promise<TunedFunction> | null = null;

port.on("message", (message: ToThread) => {
  if (message.kind === "stop") stopping.abort();
  else void runJob(message);
});

async function runJob(run: RunMessage): Promise<void> {
  const { job } = run;
  stopping = new AbortController();
  const told = { seen: false, over: false };
  try {
    loaded ??= load();
    const tuned = await loaded;
    const value = await tuned(handle(run, stopping.signal, told));
    send({
      kind: "returned",
      value: asValues(job, value) ?? (typeof value === "number" ? value : String(value)),
      told: told.seen,
    });
  } catch (error) {
    send({ kind: "threw", text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  } finally {
    told.over = true;
  }
}

function handle(run: RunMessage, signal: AbortSignal, told: { seen: boolean; over: boolean }): TrialHandle {
  const { job, flags, questions } = run;
  let sent = 0;
  return {
    ...defineByRun((parameter) => {
      if (!told.over) return askQuestion(questions, parameter);
      const message = `Trial ${job.trial} is over; its function asks for ${parameter.name} too late.`;
      throw new AttuneError("invalid-argument", message);
    }),
    params: job.params,
    number: job.trial,
    seed: job.seed,
    until: job.until,
    get signal(): AbortSignal {
      told.seen = true;
      return signal;
    },
    report: (step, value) => {
      const values = asValues(job, value);
      if (values === null) throw new AttuneError("invalid-argument", badReport(job, value));
      if (!Number.isSafeInteger(step) || step < 0) {
        const message = `trial.report got step ${String(step)}; give a whole number from 0 up.`;
        throw new AttuneError("invalid-argument", message);
      }
      // What comes after the end would be taken for a report of the trial that has the thread by then.
      if (told.over) return DONE;
      send({ kind: "report", step, values });
      waitForRoom(flags, ++sent);
      waitWhileHeld(flags);
      return DONE;
    },
    shouldStop: () => {
      const stop = Atomics.load(flags, FLAG.stop) === 1;
      told.seen ||= stop;
      return stop;
    },
  };
}

/** Holds the thread while too many reports are on their way, unless the trial is to end. */
function waitForRoom(flags: Int32Array, sent: number): void {
  for (;;) {
    const taken = Atomics.load(flags, FLAG.taken);
    if (((sent - taken) | 0) < MOST_UNDER_WAY || Atomics.load(flags, FLAG.stop) === 1) return;
    Atomics.wait(flags, FLAG.taken, taken);
  }
}

function waitWhileHeld(flags: Int32Array): void {
  if (Atomics.load(flags, FLAG.hold) === 0) return;
  send({ kind: "held" });
  while (Atomics.load(flags, FLAG.hold) === 1) Atomics.wait(flags, FLAG.hold, 1);
}

async function load(): Promise<TunedFunction> {
  // Or each thread takes the types out of a module in TypeScript anew, by WebAssembly.
  if (compiled !== undefined) enableCompileCache(dirname(compiled));
  const module = (await import(url)) as { readonly default?: unknown; readonly objective?: unknown };
  const found = module.default ?? module.objective;
  if (typeof found === "function") return found as TunedFunction;
  throw new AttuneError(
    "user-code",
    `${url} exports no function to tune; give it a default export or an export named objective.`,
  );
}

function send(message: FromThread): void {
  port.postMessage(message);
}
