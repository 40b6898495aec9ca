import type { Command } from "commander";
import { AttuneError } from "../../../errors.ts";
import { PAGE_REQUEST, type PageRequest } from "../../../study/page-request.ts";
import type { CliContext } from "../../context.ts";
import { readCount } from "../../settings/given-setting.ts";
import { addStudyTarget } from "../../settings/table.ts";
import { requireStorage, storageLocation } from "../../study/storage-location.ts";

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
  attune run study.yaml --ui          # the same beside a run`;

/** `attune ui`: the page of a storage. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option("--port <number>", "the port; a free one where it is in use", DEFAULT_PORT)
    .option("--no-open", "only say the address")
    .option("--allow-commands", "let the page say what is run")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: UiOptions) => {
      const { showUi, showUiBeside } = await import("./serve-ui.ts");
      const asked = context.environment[PAGE_REQUEST];
      if (asked !== undefined) return await showUiBeside(JSON.parse(asked) as PageRequest, context);
      const port = readCount({ value: options.port, label: "--port", position: null }, 0);
      if (port > HIGHEST_PORT)
        throw new AttuneError("invalid-argument", `--port is ${port}; give a number from 0 to ${HIGHEST_PORT}.`);
      const location = storageLocation(options.storage, context.environment);
      requireStorage(location);
      const { open, allowCommands = false } = options;
      await showUi(location, { study: word ?? options.study ?? null, port, open, allowCommands }, context);
    });
}
