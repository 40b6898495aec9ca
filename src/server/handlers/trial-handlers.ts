import { NOTE_KEY } from "../../analysis/field/trial-field.ts";
import { AttuneError } from "../../errors.ts";
import { learnStudySecrets } from "../../record/secrets.ts";
import { whySentences } from "../../record/why-sentences.ts";
import { spaceToJson } from "../../space/index.ts";
import type { Params } from "../../space/json.ts";
import type { TrialPage, TrialQuery } from "../../storage/trial-page.ts";
import type { Study } from "../../study/index.ts";
import { PagedStudy } from "../../study/paged-study.ts";
import type { ChangeRequest } from "../../trial/change-request.ts";
import type { ImportedTrial } from "../../trial/imported-trial.ts";
import type { Trial } from "../../trial/trial.ts";
import type { OperationOutput, OperationParsed } from "../operations/index.ts";
import type { CallContext } from "../study-service.ts";
import { listAttemptFiles, readAttemptFile } from "./attempt-files.ts";
import { readAttemptLog } from "./attempt-log.ts";
import type { Handlers } from "./index.ts";
import { definitionsOf, reportPage, trialRow, wholeTrial } from "./trial-records.ts";

type TrialHandlers = Pick<
  Handlers,
  | "trials"
  | "trial"
  | "why"
  | "log"
  | "files"
  | "file"
  | "export"
  | "import"
  | "enqueue"
  | "invalidate"
  | "restore"
  | "note"
  | "stopTrial"
>;

/** Operations about trials that are there. */
export const trialHandlers: TrialHandlers = {
  trials: async (input, context) => {
    const study = await opened(input.study, context);
    const { trials, next, revision } = await pageOf(study, queryOf(input));
    return { trials: trials.map((trial) => trialRow(study, trial)), next, revision };
  },
  trial: async (input, context) => {
    const study = await opened(input.study, context);
    const { trial, revision } = await trialOf(study, input.trial);
    return wholeTrial(study, trial, reportPage(trial.reports, input.afterReport, input.reports), revision);
  },
  why: async (input, { studies }) =>
    await studies.use(input.study, async (study) => {
      await study.refresh();
      const explained = await study.why(input.trial);
      const { trial, sampler, why, equal, opaque = false } = explained;
      const sentences = whySentences(explained, study.trial(trial), study.metrics);
      return { trial, sampler, why, equal, opaque, sentences: [...sentences] };
    }),
  log: async (input, context) => {
    const study = await opened(input.study, context);
    return readAttemptLog(study, (await trialOf(study, input.trial)).trial, input);
  },
  files: async (input, context) => {
    const study = await opened(input.study, context);
    return await listAttemptFiles(study, (await trialOf(study, input.trial)).trial, input.attempt);
  },
  file: async (input, context) => {
    const study = await opened(input.study, context);
    return await readAttemptFile(study, (await trialOf(study, input.trial)).trial, input);
  },
  export: async (input, context) => await exported(input, await opened(input.study, context)),
  import: async (input, { studies, request }) =>
    await studies.use(input.study, async (study) => {
      await study.refresh();
      const trials = input.trials.map(importedTrial);
      if (trials.length === 0) return { numbers: [] };
      return await onceFor(study, request, async (by) => ({ numbers: [...(await study.importTrials(trials, by))] }));
    }),
  enqueue: async (input, { studies, request }) =>
    await studies.use(input.study, async (study) => {
      await study.refresh();
      const { number } = await onceFor(study, request, async (by) => ({
        number: await study.enqueue(input.params as Params, by),
      }));
      const { params, offered } = study.trial(number);
      return { number, params: { ...offered, ...params } };
    }),
  invalidate: async ({ study, trial, reason }, context) =>
    await written(study, context, async (one) => await one.invalidate(trial, reason)),
  restore: async ({ study, trial }, context) => await written(study, context, async (one) => await one.restore(trial)),
  note: async ({ study, trial, text }, context) =>
    await written(study, context, async (one) => await one.setAttribute(trial, NOTE_KEY, text)),
  stopTrial: async ({ study, trial, reason }, context) =>
    await written(study, context, async (one) => await one.stopTrial(trial, reason)),
};

/** What was answered when this was asked before, be it by another server; else what is done now. */
async function onceFor<T>(
  study: Study,
  request: ChangeRequest | null,
  work: (by: { readonly request?: ChangeRequest }) => Promise<T>,
): Promise<T> {
  const before = request === null ? undefined : study.answerTo(request);
  return before === undefined ? await work(request === null ? {} : { request }) : (before as T);
}

async function opened(name: string, { storage }: CallContext): Promise<PagedStudy> {
  const study = await PagedStudy.open(storage, name);
  learnStudySecrets(study);
  return study;
}

async function written(
  name: string,
  { studies }: CallContext,
  work: (study: Study) => Promise<void>,
): Promise<Record<string, never>> {
  return await studies.use(name, async (study) => {
    await work(study);
    return {};
  });
}

async function trialOf(
  study: PagedStudy,
  number: number,
): Promise<{ readonly trial: Trial; readonly revision: number }> {
  const { trials, revision } = await study.page({ limit: 1, ...(number > 0 && { after: number - 1 }) });
  const [trial] = trials;
  if (trial?.number === number) return { trial, revision };
  const there = study.length === 0 ? "it has none yet" : `it has trials 0 to ${study.length - 1}`;
  throw new AttuneError("unknown-trial", `Study "${study.name}" has no trial ${number}; ${there}.`);
}

function queryOf(input: OperationParsed<"trials">): TrialQuery {
  const { after, limit, newestFirst, state, invalid, filter, sort } = input;
  if (newestFirst && sort !== undefined) {
    const message = "trials: newestFirst goes with the order of numbers; leave it out, or sort.";
    throw new AttuneError("invalid-argument", message);
  }
  return {
    limit,
    ...(after !== undefined && { after }),
    ...(newestFirst && { newestFirst }),
    ...(state !== undefined && { states: state }),
    ...(invalid !== undefined && { invalid }),
    ...(filter !== undefined && { where: filter }),
    ...(sort !== undefined && { order: sort.map(orderOf) }),
  };
}

/** A filter is what a caller writes, not what the space is made of. */
async function pageOf(study: PagedStudy, query: TrialQuery): Promise<TrialPage> {
  try {
    return await study.page(query);
  } catch (error) {
    if (!(error instanceof AttuneError) || error.code !== "invalid-space") throw error;
    throw new AttuneError("invalid-argument", `filter: ${error.message}`, { cause: error });
  }
}

function orderOf(text: string): NonNullable<TrialQuery["order"]>[number] {
  return text.startsWith("-") ? { field: text.slice(1), descending: true } : { field: text };
}

async function exported(
  { after, limit, filter, sort, whole }: OperationParsed<"export">,
  study: PagedStudy,
): Promise<OperationOutput<"export">> {
  const { trials, next, revision } = await pageOf(study, {
    limit,
    ...(after !== undefined && { after }),
    ...(filter !== undefined && { where: filter }),
    ...(sort !== undefined && { order: sort.map(orderOf) }),
  });
  const { name, seed, metrics, settings, space } = study;
  return {
    study: name,
    seed,
    metrics: [...metrics],
    limits: [...(settings.limits ?? [])],
    sampler: { name: settings.sampler.name },
    space: spaceToJson(space),
    trials: trials.map((trial) => ({
      ...trialRow(study, trial),
      replicate: trial.replicate,
      reports: reportPage(trial.reports, undefined, trial.reports.length).reports,
      ...(whole && { definitions: definitionsOf(trial), attributes: { ...trial.attributes } }),
    })),
    next,
    revision,
  };
}

function importedTrial(given: OperationParsed<"import">["trials"][number]): ImportedTrial {
  const { params, state, values, reports, definitions, startedAt, finishedAt, note } = given;
  const [from, to] = [startedAt, finishedAt].map((text) => (text === null ? null : Date.parse(text)));
  return {
    params: params as Params,
    state,
    values,
    reports: reports.map((report, seq) => ({ seq, ...report })),
    ...(definitions !== undefined && { definitions: definitions as ImportedTrial["definitions"] & object }),
    startedAt: from ?? null,
    finishedAt: to ?? null,
    attributes: note === null ? {} : { [NOTE_KEY]: JSON.stringify(note) },
  };
}
