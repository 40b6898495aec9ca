import { AttuneError } from "../../errors.ts";
import { type ParsedCommand, readCommandTemplate } from "../../protocol/index.ts";
import { nearDeclarations } from "../../protocol/near-declaration.ts";
import {
  buildSpace,
  declaredParameters,
  type Parameter,
  parseParameterText,
  type ReadSpaceOptions,
  readSpace,
  type Space,
} from "../../space/index.ts";
import type { DeclaredParameter, LocatedCommand } from "../settings/program-settings.ts";
import type { LocatedSpace, LocatedWhere } from "../settings/study-settings.ts";

/** What the parts of a study that make its space are. */
interface SpaceParts {
  readonly space?: LocatedSpace | undefined;
  readonly where?: LocatedWhere | undefined;
  readonly command?: LocatedCommand | undefined;
  readonly declared?: readonly DeclaredParameter[] | undefined;
}

/**
 * The space of a study: what its file lists, what its command declares (`{lr: 1e-5..1e-1 log}`), and the constraints on both.
 *
 * @throws AttuneError `invalid-space` with the place in the file or in the argument.
 */
export function studySpace({ space, where, command, declared: options = [] }: SpaceParts): Space {
  const declared = [
    ...(command === undefined ? [] : commandParameters(command)),
    ...options.map((option) => ({ parameter: declaredParameter(option), position: null })),
  ];
  const alone = declared.length === 0;
  const constraints = { where: where?.list ?? [], locateWhere: where?.locate ?? (() => null) };
  const listed = space === undefined ? null : readListed(space, alone ? constraints : { checkFeasible: false });
  if (alone) {
    // Without a command the program may still declare parameters as it asks for them.
    if (listed !== null && (listed.parameters.length > 0 || command === undefined)) return listed;
    const [near] = command === undefined ? [] : nearDeclarations(command.template);
    const advice =
      near !== undefined
        ? `${near.source} declares none: write ${near.meant}`
        : "declare one in an argument, such as --lr '{lr: 1e-5..1e-1 log}', with --param, or list them under space: in a study file";
    const position = space?.locate([]) ?? null;
    throw new AttuneError(
      "invalid-space",
      `There is no parameter to tune; ${advice}.`,
      position === null ? {} : { position },
    );
  }
  const places = new Map(declared.map(({ parameter, position }) => [parameter.name, position]));
  const replaced = new Set(options.map(({ name }) => name));
  const kept = (listed === null ? [] : declaredParameters(listed)).filter(({ name }) => !replaced.has(name));
  const parameters = [...kept, ...declared.map(({ parameter }) => parameter)];
  const before = listed?.where ?? [];
  return buildSpace(parameters, {
    where: [...before, ...constraints.where],
    derived: listed?.derived ?? [],
    locate: (name) => places.get(name) ?? null,
    locateWhere: (index) => (index < before.length ? null : constraints.locateWhere(index - before.length)),
  });
}

/** The canonical form carries constraints of its own; those beside it come on top. */
function readListed({ mapping, locate }: LocatedSpace, options: ReadSpaceOptions): Space {
  const space = readSpace(mapping, locate, options);
  const missing = (options.where ?? []).filter((text) => !space.where.includes(text));
  if (missing.length === 0) return space;
  return buildSpace(declaredParameters(space), { where: [...space.where, ...missing], derived: space.derived ?? [] });
}

function commandParameters(command: LocatedCommand) {
  const parsed = parsedCommand(command);
  return parsed.declarations.map(({ name, text, argument, position }) =>
    inArgument(command, argument, () => {
      const parameter = parseParameterText(text, name, position);
      return { parameter, position: command.locate?.(argument, position) ?? position };
    }),
  );
}

/** Reads the whole command; after a fault again word by word, to say in which word it is. */
function parsedCommand(command: LocatedCommand): ParsedCommand {
  const { template } = command;
  try {
    return readCommandTemplate(template);
  } catch (error) {
    const words = wordsOf(command);
    for (const [index, word] of words.entries()) {
      if (word === "") continue;
      inArgument(command, index, () => readCommandTemplate("shell" in template ? { shell: word } : { argv: [word] }));
    }
    throw error;
  }
}

/** Runs `read`; an error it throws gets the place in the study file, or the number and text of the argument. */
function inArgument<T>(command: LocatedCommand, argument: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AttuneError) || error.position === null) throw error;
    const position = command.locate?.(argument, error.position) ?? error.position;
    const data = { ...error.data, argument: argument + 1, text: wordsOf(command)[argument] };
    throw new AttuneError(error.code, error.message, { cause: error.cause, data, position });
  }
}

function wordsOf({ template }: LocatedCommand): readonly string[] {
  return "shell" in template ? [template.shell] : template.argv;
}

/** @throws AttuneError `invalid-space` that names the option. */
export function declaredParameter({ name, text }: DeclaredParameter): Parameter {
  try {
    return parseParameterText(text, name, null);
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    throw new AttuneError(error.code, `--param ${name}: ${error.message}`, { cause: error, data: error.data });
  }
}
