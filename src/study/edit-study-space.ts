import { AttuneError } from "../errors.ts";
import { createSampler } from "../sampler/registry.ts";
import { checkOptions, OPTION, type OptionKinds } from "../space/check-options.ts";
import { constraintTexts, type Predicate } from "../space/expression/opaque-predicate.ts";
import { flattenDefinitions } from "../space/flatten-definitions.ts";
import { editSpace, type Params, type Space, type SpaceParts, type SpaceRecord, spaceToJson } from "../space/index.ts";
import type { JsonValue } from "../space/json.ts";
import { ACCEPTANCE_KINDS, type EditAcceptance } from "./edit-acceptance.ts";
import { requireLimitParameters } from "./limit-parameters.ts";
import { planSpaceChange, type SpaceChangePlan } from "./plan-space-change.ts";
import { respaceCommand } from "./reconcile.ts";
import type { StudyLog } from "./study-log.ts";
import { ownWriting } from "./writing.ts";

/** How the space of a study is to change. */
export interface StudySpaceEdit {
  /** A whole space instead of changes to the one there is. */
  readonly space?: Space;
  /** New definitions of parameters there are; condition, default, unit and description stay unless given anew. */
  readonly set?: SpaceRecord | SpaceParts;
  readonly add?: SpaceRecord | SpaceParts;
  /** Names of parameters or derived values; trials keep counting, whatever value of them they had. */
  readonly drop?: readonly string[];
  /** Old names of parameters to new ones, by which `set`, `add` and `where` know them. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Constraints to add (expressions or functions) and to take away (expressions). */
  readonly where?: readonly (string | Predicate)[];
  readonly dropWhere?: readonly string[];
  /** What trials count as that lack a parameter; else as its default. */
  readonly was?: Params;
}

/** What an edit takes. */
const SPACE_EDIT_KINDS: OptionKinds<StudySpaceEdit> = {
  space: OPTION.record,
  set: OPTION.record,
  add: OPTION.record,
  drop: OPTION.list,
  rename: OPTION.record,
  where: OPTION.list,
  dropWhere: OPTION.list,
  was: OPTION.record,
};

/** What an edit of a space did or would do. */
export interface SpaceEditReport {
  /** What changes and how the trials so far count, in sentences; empty when the space is the same. */
  readonly changes: readonly string[];
  /** What cannot be kept, in sentences. */
  readonly losses: readonly string[];
  /** Trials outside the new space: in the record and the budget, but no sampler learns from them. */
  readonly leftOut: readonly number[];
  readonly applied: boolean;
}

/** See `Study.editSpace`. */
export async function editStudySpace(
  log: StudyLog,
  edit: StudySpaceEdit,
  options: EditAcceptance,
): Promise<SpaceEditReport> {
  checkOptions("study.editSpace", edit, SPACE_EDIT_KINDS);
  checkOptions("study.editSpace", options, ACCEPTANCE_KINDS);
  const { accept = false, dryRun = false, request } = options;
  await log.refresh();
  const { state } = log;
  const before = request === undefined ? undefined : state.answerTo(request);
  if (before !== undefined) return before as unknown as SpaceEditReport;
  const space = ownWriting(state, edit.space ?? editSpace(log.space, partsOf(edit)));
  requireLimitParameters(state.settings.limits, space);
  const plan = planSpaceChange(state, space, { was: edit.was, renamed: edit.rename });
  // Its options may name what is gone.
  const context = { spaceVersion: state.spaceVersion + 1, settingsVersion: state.settingsVersion };
  createSampler(state.settings.sampler, space, context);
  if (plan.unanswered.length > 0) throw unanswered(log, plan);
  const report = { changes: plan.notices, losses: plan.losses, leftOut: plan.leftOut };
  if (dryRun || plan.notices.length === 0) return { ...report, applied: false };
  if (plan.losses.length > 0 && !accept) throw notAccepted(log, plan);
  const made = { ...report, applied: true };
  const asked = request && { request: { ...request, answer: made as unknown as JsonValue } };
  await log.execute({ ...respaceCommand(state, spaceToJson(space), plan), ...asked });
  return made;
}

function partsOf({ set, add, drop = [], rename = {}, where = [], dropWhere = [] }: StudySpaceEdit) {
  return { set: parts(set), add: parts(add), drop, rename, where: constraintTexts(where), dropWhere };
}

function parts(given: SpaceRecord | SpaceParts = {}): SpaceParts {
  return isParts(given) ? given : flattenDefinitions(given);
}

function isParts(given: SpaceRecord | SpaceParts): given is SpaceParts {
  return Array.isArray(given.parameters) && Array.isArray(given.derived);
}

function unanswered(log: StudyLog, plan: SpaceChangePlan): AttuneError {
  const { name } = log.state;
  const [first] = plan.unanswered;
  const names = plan.unanswered.join(", ");
  return new AttuneError(
    "study-changed",
    `The trials of study "${name}" so far lack ${names}. Say which value they count as, the one the program used until now ` +
      `(was: { ${first}: VALUE }), or give it a default.`,
    { data: { unanswered: plan.unanswered, edit: { study: name, storage: log.storage.location, plan } } },
  );
}

function notAccepted(log: StudyLog, { losses, leftOut }: SpaceChangePlan): AttuneError {
  return new AttuneError(
    "study-changed",
    `Nothing was changed: with this space not all that the trials of study "${log.state.name}" told can be kept. ` +
      `${losses.join(" ")} Accept that (accept: true), or choose a wider space.`,
    { data: { losses, leftOut } },
  );
}
