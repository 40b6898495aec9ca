import { AttuneError, StorageConflict } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";
import type { EarlyEnd } from "../../study/asked-judgement.ts";
import type { AskedTrial, AskOptions, Study, Told } from "../../study/index.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import type { Values } from "../../trial/trial.ts";
import type { OperationParsed } from "../operations/index.ts";
import type { CallContext, Waiting } from "../study-service.ts";
import { readParameter } from "./given-space.ts";
import type { Handlers } from "./index.ts";
import { requireSamplerAllowed } from "./require-commands.ts";

type WorkerHandlers = Pick<Handlers, "ask" | "tell" | "report" | "shouldStop" | "define" | "renew">;

/** Operations of whoever runs trials itself. */
export const workerHandlers: WorkerHandlers = {
  ask: async (input, context) =>
    await context.studies.use(input.study, async (study) => await ask(study, input, context)),
  tell: async (input, context) =>
    await ofTrial(input, context, async (study) => {
      await study.tell(input.trial, readTold(input), { token: input.token });
      const { state, message } = study.view(input.trial) ?? study.trial(input.trial);
      return { state, message };
    }),
  report: async (input, context) => await ofTrial(input, context, async (study) => await report(study, input)),
  shouldStop: async (input, context) =>
    await ofTrial(input, context, async (study) => {
      await study.refresh();
      return { stop: await earlyEnd(study, input) };
    }),
  define: async (input, context) =>
    await ofTrial(input, context, async (study) => {
      const asked = study.asked(input.trial, input.token);
      const value = asked.define(readParameter(input.name, input.domain), input.value as JsonValue | undefined);
      await asked.flush();
      return { value };
    }),
  renew: async ({ study: name, tokens, seconds }, { studies, storage }) =>
    await studies.use(name, async ({ id }) => {
      await storage.renew(id, tokens, Math.ceil(seconds * 1000));
      return {};
    }),
};

async function ofTrial<T>(
  { study: name, trial }: { readonly study: string; readonly trial: number },
  { studies, turns }: CallContext,
  work: (study: Study) => Promise<T>,
): Promise<T> {
  return await turns.after(`${name}/${trial}`, async () => await studies.use(name, work));
}

async function ask(
  study: Study,
  { expires, trials, wait }: OperationParsed<"ask">,
  { caller, request, waiting }: CallContext,
) {
  requireSamplerAllowed(study, caller);
  // Of a caller that ends with this process, so does the trial.
  const detached = !caller.own || expires !== undefined;
  const options = {
    detached,
    elsewhere: !caller.own,
    ...(expires !== undefined && { expires }),
    ...(trials !== undefined && { trials }),
    // Another server gives one that is detached to who asks again.
    ...(detached && request !== null && { request }),
  };
  const asked = await askedInTime(study, options, wait, waiting);
  if (waiting.isGone && request === null) {
    await study.giveBack(asked);
    throw new StorageConflict(`Nobody waits for trial ${asked.number} any more; it was given back.`);
  }
  const { number, params, token, seed, until } = asked;
  return { number, params, token, seed, until, resumed: (study.view(number)?.segments.length ?? 0) > 1 };
}

const AT_ONCE = AbortSignal.abort();

/** At once as a rule; where the study's scheduler waits for other trials, within so many seconds. */
async function askedInTime(study: Study, options: AskOptions, wait: number, waiting: Waiting): Promise<AskedTrial> {
  try {
    return await study.ask({ ...options, signal: AT_ONCE });
  } catch (error) {
    if (!(error instanceof AttuneError) || error.code !== "conflict" || wait === 0) throw error;
  }
  const signal = AbortSignal.any([waiting.signal, AbortSignal.timeout(Math.ceil(wait * 1000))]);
  return await study.ask({ ...options, signal });
}

/** What of a trial's values may be told: one of these alone. */
function readTold(input: OperationParsed<"tell">): Told {
  const { value, values, failed, stopped, message } = input;
  const given = Object.entries({ value, values, failed, stopped }).filter(([, part]) => part !== undefined);
  if (given.length !== 1) {
    const names = given.map(([name]) => name).join(" and ");
    const has = given.length === 0 ? "none of value, values, failed and stopped is given" : `${names} are given`;
    throw new AttuneError("invalid-argument", `tell: ${has}; give one of value, values, failed and stopped.`);
  }
  if (message !== undefined && failed === undefined)
    throw new AttuneError("invalid-argument", "tell: message goes with failed; leave it out.");
  if (failed !== undefined) return { failed, ...(message !== undefined && { message }) };
  if (stopped !== undefined) return { stopped };
  return value === undefined ? decoded(values!) : decodeNumber(value);
}

function decoded(values: Values): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decodeNumber(value)]));
}

async function report(study: Study, { trial, token, first, reports }: OperationParsed<"report">) {
  const asked = study.asked(trial, token);
  const known = asked.reportCount;
  const fresh = reports.slice(first === undefined ? 0 : Math.max(0, known - first));
  if (first !== undefined && first > known)
    throw new StorageConflict(
      `Report ${first} of trial ${trial} skips some: expected ${known} next. Send the missing ones first.`,
    );
  const written = fresh.map(({ step, values }) => asked.report(step, decoded(values)));
  await Promise.all(written);
  return { next: known + fresh.length, stop: await earlyEnd(study, { trial, token }) };
}

async function earlyEnd(
  study: Study,
  { trial, token }: { readonly trial: number; readonly token: string },
): Promise<EarlyEnd | null> {
  return await study.asked(trial, token).shouldStop();
}
