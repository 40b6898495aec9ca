import type { Candidate } from "../../analysis/index.ts";
import { AttuneError } from "../../errors.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import { planConfirmation, queueReplicates } from "../../study/confirmation-runs.ts";
import { findStudy } from "../../study/find-study.ts";
import { planFrontConfirmation } from "../../study/front-confirmation-runs.ts";
import type { Study, StudySpaceEdit } from "../../study/index.ts";
import { type AnswerAsked, answerOf } from "../figures/figure-maker.ts";
import type { OperationOutput, OperationParsed } from "../operations/index.ts";
import type { CallContext } from "../study-service.ts";
import type { Written } from "../written.ts";
import { createStudy } from "./create-study.ts";
import { readGivenSpace, readParts } from "./given-space.ts";
import type { Handlers } from "./index.ts";
import { studyChanges } from "./study-changes.ts";
import { studyProgress } from "./study-progress.ts";
import { studyRecord, studyRow } from "./study-records.ts";

type StudyHandlers = Pick<
  Handlers,
  | "studies"
  | "study"
  | "summary"
  | "progress"
  | "course"
  | "health"
  | "changes"
  | "createStudy"
  | "editSpace"
  | "stopStudy"
  | "pauseStudy"
  | "continueStudy"
  | "setAttribute"
  | "deleteStudy"
  | "attributes"
  | "replay"
  | "confirm"
>;

/** Operations about studies as a whole. */
export const studyHandlers: StudyHandlers = {
  studies: async (input, { storage }) => await listStudies(input, storage),
  study: async ({ study }, context) => await looked(study, context, studyRecord),
  summary: async ({ study }, context) => await answered(study, context, { look: "summary" }),
  progress: async ({ study: name }, { studies, storage }) =>
    await studies.use(name, async (study) => {
      await study.refresh();
      return await studyProgress(study, storage);
    }),
  course: async ({ study, metric }, context) => await answered(study, context, { look: "course", metric }),
  health: async ({ study }, context) => await answered(study, context, { look: "health" }),
  changes: studyChanges,
  createStudy,
  editSpace: async (input, { studies, request }) =>
    await studies.use(input.study, async (study) => {
      const { accept, dryRun } = input;
      const { changes, losses, leftOut, applied } = await study.editSpace(editOf(input), {
        ...{ accept, dryRun },
        ...(request !== null && { request }),
      });
      return { changes: [...changes], losses: [...losses], leftOut: [...leftOut], applied };
    }),
  stopStudy: async (input, context) => await request("stop", input, context),
  pauseStudy: async (input, context) => await request("pause", input, context),
  continueStudy: async (input, context) => await request("continue", input, context),
  setAttribute: async ({ study: name, key, trial = null, value = null }, { studies }) =>
    await studies.use(name, async (study) => {
      await study.setAttribute(trial, key, value as JsonValue);
      return {};
    }),
  deleteStudy: async ({ study: name }, { studies }) => {
    await studies.use(name, async (study) => await study.delete());
    studies.forget(name);
    return {};
  },
  attributes: async ({ study }, context) =>
    await looked(study, context, ({ attributes }) => ({ attributes: { ...attributes } })),
  replay: async ({ study: name }, { studies }) =>
    await studies.use(name, async (study) => {
      await study.refresh();
      return { ...(await study.replay()) } as unknown as OperationOutput<"replay">;
    }),
  confirm: async (input, { studies }) => await studies.use(input.study, async (study) => await confirm(study, input)),
};

async function listStudies(
  { after, limit, search }: OperationParsed<"studies">,
  storage: CallContext["storage"],
): Promise<OperationOutput<"studies">> {
  const all = await storage.overview();
  const from = after === undefined ? 0 : all.findIndex(({ name }) => name === after) + 1;
  if (after !== undefined && from === 0) await findStudy(storage, after);
  const wanted = search?.toLowerCase();
  const fitting = all.slice(from).filter(({ name }) => wanted === undefined || name.toLowerCase().includes(wanted));
  const page = fitting.slice(0, limit);
  return { studies: page.map(studyRow), next: fitting.length > limit ? (page.at(-1)?.name ?? null) : null };
}

/** As the study is now. */
async function looked<T>(name: string, { studies }: CallContext, look: (study: Study) => T): Promise<T> {
  return await studies.use(name, async (study) => {
    await study.refresh();
    return look(study);
  });
}

/**
 * Of more trials an answer is worked out where figures are: here it would hold up others, and leave its memory behind. The first one is worked out
 * here all the same, while the thread begins: a page shows it first.
 */
const FEW_TRIALS = 5_000;

async function answered<A extends AnswerAsked>(
  name: string,
  { studies, figures }: CallContext,
  asked: A,
): Promise<OperationOutput<A["look"]> | Written> {
  return await studies.use(name, async (study) => {
    const isLarge = study.length > FEW_TRIALS;
    if (isLarge && figures.hasBegun) return await figures.answer(name, asked);
    if (isLarge) figures.begin();
    await study.refresh();
    return answerOf(study, asked);
  });
}

async function request(
  what: Parameters<Study["request"]>[0],
  { study: name }: { readonly study: string },
  { studies }: CallContext,
): Promise<Record<string, never>> {
  return await studies.use(name, async (study) => {
    await study.request(what);
    return {};
  });
}

function editOf(input: OperationParsed<"editSpace">): StudySpaceEdit {
  const { space, set, add, drop, rename, where, dropWhere, was } = input;
  if ([space, set, add, drop, rename, where, dropWhere].every((part) => part === undefined)) {
    const message = "editSpace: nothing is to change; give space, set, add, drop, rename, where or dropWhere.";
    throw new AttuneError("invalid-argument", message);
  }
  return {
    ...(space !== undefined && { space: readGivenSpace(space) }),
    ...(set !== undefined && { set: readParts(set) }),
    ...(add !== undefined && { add: readParts(add) }),
    ...(drop !== undefined && { drop }),
    ...(rename !== undefined && { rename }),
    ...(where !== undefined && { where }),
    ...(dropWhere !== undefined && { dropWhere }),
    ...(was !== undefined && { was: was as Params }),
  };
}

async function confirm(study: Study, { replicates }: OperationParsed<"confirm">): Promise<OperationOutput<"confirm">> {
  await study.refresh();
  if (study.metrics.length > 1) return await confirmFront(study, replicates);
  const { winner } = study.summary();
  if (winner === null || winner.limits?.feasible === false) {
    const why =
      winner === null ? "has no complete trial with a finite value" : "has no configuration that keeps its limits";
    throw new AttuneError("invalid-argument", `Study ${study.name} ${why} yet; there is none to confirm.`);
  }
  return await queued(study, await planConfirmation(study, winner), replicates);
}

/** What was chosen of the front, or its knee, with its neighbours and the defaults. */
async function confirmFront(study: Study, replicates: number): Promise<OperationOutput<"confirm">> {
  const point = study.preferred() ?? study.summary().knee;
  if (point !== null) return await queued(study, await planFrontConfirmation(study, point.number), replicates);
  throw new AttuneError("invalid-argument", `Study ${study.name} has no configuration on its front yet to confirm.`);
}

async function queued<R extends OperationOutput<"confirm">["configurations"][number]["role"]>(
  study: Study,
  planned: readonly Candidate<R>[],
  replicates: number,
): Promise<OperationOutput<"confirm">> {
  await study.refresh();
  const before = study.length;
  const configurations = await queueReplicates(study, planned, replicates);
  const enqueued = Array.from({ length: study.length - before }, (_, place) => before + place);
  return { configurations: configurations.map(({ role, number }) => ({ role, number })), enqueued };
}
