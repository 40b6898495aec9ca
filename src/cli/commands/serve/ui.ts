import { existsSync } from "node:fs";
import type { Command } from "commander";
import { AttuneError } from "../../../errors.ts";
import { PAGE_REQUEST, type PageRequest } from "../../../study/page-request.ts";
import type { CliContext } from "../../context.ts";
import { readCount } from "../../settings/given-setting.ts";
import { storageOption, studyOption } from "../../settings/table.ts";
import { requireStorage, storageLocation } from "../../study/storage-location.ts";
import { keepYoungHeapSmall } from "./keep-young-heap-small.ts";

interface UiOptions {
  readonly storage?: string;
  readonly study?: string;
  readonly port: string;
  readonly open: boolean;
  readonly allowCommands?: boolean;
}

const DEFAULT_PORT = "8778";
const HIGHEST_PORT = 65_535;

const HELP = `
A page that shows the studies of a storage as they run: how far they are, what is best and by how much, why each trial was chosen, what matters,
what failed. It needs no network, changes nothing by itself, and slows no run. Ctrl-C ends it.

Examples:
  attune ui
  attune ui digits --storage lab.db
  attune ui lab.db old/lab.db         # several storages side by side
  attune run study.yaml --ui          # the same beside a run`;

/** `attune ui`: the page of a storage. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("[words...]", "the study to show first; or the files of storages, to show them side by side")
    .addOption(studyOption("the study to show first"))
    .addOption(storageOption())
    .option("--port <number>", "the port; a free one where it is in use", DEFAULT_PORT)
    .option("--no-open", "only say the address")
    .option("--allow-commands", "let the page say what is run")
    .addHelpText("after", HELP)
    .action(async (words: readonly string[], options: UiOptions) => {
      // Before what is imported makes it grow: a page asks seldom, and what programs ask often stays as quick as it was.
      keepYoungHeapSmall();
      const { showUi, showUiBeside } = await import("./serve-ui.ts");
      const asked = context.environment[PAGE_REQUEST];
      if (asked !== undefined) return await showUiBeside(JSON.parse(asked) as PageRequest, context);
      const port = readCount({ value: options.port, label: "--port", position: null }, 0);
      if (port > HIGHEST_PORT)
        throw new AttuneError("invalid-argument", `--port is ${port}; give a number from 0 to ${HIGHEST_PORT}.`);
      const { locations, study } = wanted(words, options, context);
      for (const location of locations) requireStorage(location);
      const { open, allowCommands = false } = options;
      await showUi(locations, { study, port, open, allowCommands }, context);
    });
}

interface Wanted {
  readonly locations: readonly [string, ...string[]];
  readonly study: string | null;
}

/**
 * Words are files of storages where there are several, or where the one there is names a file that exists; else it is a study.
 *
 * @throws AttuneError `invalid-argument` for storages twice, and for a study beside several storages.
 */
function wanted(words: readonly string[], options: UiOptions, { environment }: CliContext): Wanted {
  const { storage, study = null } = options;
  const [first, ...others] = words;
  const isFile = first !== undefined && storage === undefined && existsSync(first);
  if (first === undefined || (others.length === 0 && !isFile))
    return { locations: [storageLocation(storage, environment)], study: first ?? study };
  if (storage !== undefined)
    throw new AttuneError("invalid-argument", `--storage ${storage} is one more storage; write all of them as words.`);
  if (study !== null && others.length > 0)
    throw new AttuneError("invalid-argument", `--study ${study} is of one storage; leave it out, or the others.`);
  return { locations: [first, ...others], study };
}
