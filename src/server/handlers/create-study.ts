import { type JsonValue, jsonEqual } from "../../space/index.ts";
import { createStudy as create, openStudy, type Study, type StudyOptions } from "../../study/index.ts";
import { markedRemote, samplerCommand } from "../../study/remote-commands.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import type { Caller } from "../caller.ts";
import type { OperationOutput, OperationParsed } from "../operations/index.ts";
import type { CallContext } from "../study-service.ts";
import { readGivenSpace, spaceWithCommand } from "./given-space.ts";
import { requireCommandsAllowed } from "./require-commands.ts";
import { studyRecord } from "./study-records.ts";

type Input = OperationParsed<"createStudy">;

/** Creates a study or continues the living one of that name; what is not given of that one stays. */
export async function createStudy(
  input: Input,
  { storage, caller }: CallContext,
): Promise<OperationOutput<"createStudy">> {
  const found = await storage.findStudy(input.name);
  const before = found === null ? null : ((await openStudy({ name: input.name, storage })) as Study);
  const study = (await create(optionsOf(input, before, caller, storage))) as Study;
  const { created, notices } = study;
  return { study: studyRecord(study), created, notices: [...notices] };
}

function optionsOf(input: Input, before: Study | null, caller: Caller, storage: CallContext["storage"]): StudyOptions {
  const {
    name,
    minimize,
    maximize,
    metrics,
    goals,
    references,
    units,
    limits,
    grows,
    space,
    where,
    was,
    sampler,
    scheduler,
    seed,
  } = input;
  const whole = spaceWithCommand(
    input.command as CommandTemplate | undefined,
    space === undefined ? before?.space : readGivenSpace(space),
  );
  const command = (input.command as CommandTemplate | undefined) ?? before?.settings.command ?? null;
  const named = minimize !== undefined || maximize !== undefined || metrics !== undefined;
  // Goals, references and units that nobody names stay as they are.
  const kept = before?.metrics.map((metric) => ({ name: metric.name, direction: metric.direction }));
  return {
    ...{ name, storage, command },
    ...(named ? { minimize, maximize, metrics } : { metrics: kept ?? [] }),
    ...(whole !== undefined && { space: whole }),
    ...(where !== undefined && { where }),
    ...(was !== undefined && { was: was as Readonly<Record<string, JsonValue>> }),
    ...(goals !== undefined && { goals }),
    ...(references !== undefined && { references }),
    ...(units !== undefined && { units }),
    ...(limits !== undefined && { limits }),
    ...(grows !== undefined && { grows }),
    ...(sampler !== undefined && { sampler: sampler as StudyOptions["sampler"] }),
    ...(scheduler !== undefined && { scheduler: scheduler as StudyOptions["scheduler"] }),
    ...(seed !== undefined && { seed }),
    ...extraOf(input, before, caller),
  } as StudyOptions;
}

/** Which commands came from elsewhere is kept in the same event as these, so that no run can come between. */
function extraOf(input: Input, before: Study | null, caller: Caller): Pick<StudyOptions, "extra"> {
  const commands = newCommands(input, before);
  for (const { what } of commands) requireCommandsAllowed(caller, what);
  const extra = before?.settings.extra ?? {};
  if (caller.own || commands.length === 0) return before === null ? {} : { extra };
  return {
    extra: markedRemote(
      extra,
      commands.map(({ command }) => command),
    ),
  };
}

interface NewCommand {
  readonly what: string;
  readonly command: JsonValue;
}

/** Programs that would be run and were not before. */
function newCommands({ command, sampler }: Input, before: Study | null): readonly NewCommand[] {
  const found: NewCommand[] = [];
  const given = command as unknown as JsonValue | undefined;
  if (given !== undefined && !jsonEqual(given, before?.settings.command as unknown as JsonValue))
    found.push({ what: "The command", command: given });
  if (typeof sampler === "object" || sampler === "program") {
    const { name, ...options } = typeof sampler === "string" ? { name: sampler } : sampler;
    const own = samplerCommand({ name, options: options as Readonly<Record<string, JsonValue>> });
    const known = before === null ? null : samplerCommand(before.settings.sampler);
    if (own !== null && !jsonEqual(own, known)) found.push({ what: "The sampler", command: own });
  }
  return found;
}
