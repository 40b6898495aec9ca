import { AttuneError } from "../errors.ts";
import type { CommandResult, StudyCommand } from "./command.ts";
import { decideEnqueue, decideImport } from "./decide/add-trials.ts";
import { answeredBefore, madeFor } from "./decide/answered.ts";
import { decideFinish, decideHandOver, decideReport, decideReturn } from "./decide/attempt.ts";
import { decideBranch } from "./decide/branch.ts";
import { decideClaim, decideStart } from "./decide/claim.ts";
import type { DecideContext, Decider, Decision } from "./decide/decision.ts";
import { decideDefine } from "./decide/define.ts";
import { decideConfigure, decideDelete, decideRespace } from "./decide/definition.ts";
import { decideInvalidate, decideRestore, decideSetAttribute } from "./decide/overlay.ts";
import { decideCommit, decideRelease, decideReserve } from "./decide/propose.ts";
import { decideRecordHeldOut } from "./decide/record-held-out.ts";
import { decideGiveUp, decidePass, decidePause, decideResume } from "./decide/rung.ts";
import { decideTransition } from "./decide/transition.ts";
import type { StudyState } from "./study-state.ts";

const deciders: { readonly [T in StudyCommand["type"]]: Decider<T> } = {
  claim: decideClaim,
  start: decideStart,
  reserve: decideReserve,
  release: decideRelease,
  commit: decideCommit,
  define: decideDefine,
  report: decideReport,
  finish: decideFinish,
  return: decideReturn,
  "hand-over": decideHandOver,
  pass: decidePass,
  pause: decidePause,
  resume: decideResume,
  branch: decideBranch,
  "give-up": decideGiveUp,
  transition: decideTransition,
  enqueue: decideEnqueue,
  import: decideImport,
  invalidate: decideInvalidate,
  restore: decideRestore,
  "set-attribute": decideSetAttribute,
  "record-held-out": decideRecordHeldOut,
  configure: decideConfigure,
  respace: decideRespace,
  delete: decideDelete,
};

/**
 * What a command does to a study in this state: the events to append and the answer. Pure, and the same for every storage.
 * A command of a request that was answered before
 * makes none. StorageConflict when somebody else was first; AttuneError `unknown-study` after deletion.
 */
export function decide<C extends StudyCommand>(
  state: StudyState,
  command: C,
  context: DecideContext,
): Decision<CommandResult<C>> {
  if (state.deleted) {
    throw new AttuneError("unknown-study", `Study "${state.name}" was deleted; create it again to go on.`);
  }
  const before = answeredBefore(state.tables, command, context);
  if (before !== null) return before;
  const decider = deciders[command.type] as unknown as (
    tables: StudyState["tables"],
    command: C,
    context: DecideContext,
  ) => Decision<CommandResult<C>>;
  return madeFor(command, decider(state.tables, command, context));
}
