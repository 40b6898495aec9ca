import type { JsonValue } from "../../space/json.ts";
import type { ChangeRequest } from "../change-request.ts";
import type { ClaimedTrial, CommandResult, CommandResults, StudyCommand } from "../command.ts";
import type { StudyEvent } from "../event.ts";
import type { StudyTables } from "../evolve/study-tables.ts";
import type { DecideContext, Decision } from "./decision.ts";
import { decideRelease } from "./propose.ts";

/** What a command comes to whose request was carried out before; null for any other. StorageConflict for an id that came with another request. */
export function answeredBefore<C extends StudyCommand>(
  tables: StudyTables,
  command: C,
  context: DecideContext,
): Decision<CommandResult<C>> | null {
  const { request } = command;
  const before = request === undefined ? undefined : tables.requests.answerTo(request);
  if (before === undefined) return null;
  if (command.type !== "commit") return { events: [], result: before as unknown as CommandResult<C> };
  const started = before as unknown as ClaimedTrial;
  // What was reserved for it is not needed.
  const { events } = decideRelease(tables, { type: "release", token: command.token }, context);
  return { events, result: { numbers: [], started } as unknown as CommandResult<C> };
}

/** A decision whose last event says which request it was made for. What changes nothing is no answer to keep: it may be asked for again. */
export function madeFor<C extends StudyCommand>(command: C, decision: Decision<CommandResult<C>>) {
  const { request } = command;
  const { events, result } = decision;
  const answer = request === undefined ? undefined : answerOf(command, request, result);
  if (request === undefined || answer === undefined) return decision;
  const last = events.length - 1;
  const marked = (event: StudyEvent): StudyEvent => ({ ...event, request: { ...request, answer } });
  return { result, events: events.map((event, place) => (place === last ? marked(event) : event)) };
}

/** What is told to who asks again; undefined where nobody needs to be. A trial is asked for by several commands, and is one answer. */
function answerOf(command: StudyCommand, { answer }: ChangeRequest, result: unknown): JsonValue | undefined {
  if (answer !== undefined) return answer;
  const told = command.type === "commit" ? (result as CommandResults["commit"]).started : (result as object);
  const isNone = told === null || ("kind" in told && told.kind !== "trial");
  return isNone ? undefined : (told as unknown as JsonValue);
}
