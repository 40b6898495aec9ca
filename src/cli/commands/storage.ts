import type { Command } from "commander";
import { countWords } from "../../analysis/words/count-words.ts";
import { AttuneError } from "../../errors.ts";
import { jsonText } from "../../record/json-text.ts";
import { storageFile } from "../../record/study-files.ts";
import type { SqliteStorage } from "../../storage/sqlite/sqlite-storage.ts";
import type { CliContext } from "../context.ts";
import { storageOption } from "../settings/table.ts";
import { requireStorage, storageLocation } from "../study/storage-location.ts";

interface StorageOptions {
  readonly storage?: string;
  readonly json?: boolean;
}

const HELP = `
Both work while runs go on. A storage in use is more than one file: copy it with this command, not with cp.

Examples:
  attune storage copy backup.db
  attune storage check --storage lab.db`;

/** `attune storage`: copies a living storage, or reads all of it to see whether it is whole. */
export function configure(command: Command, context: CliContext): void {
  const { output, environment } = context;
  command.usage("copy FILE [options]\n       attune storage check [options]").addHelpText("after", HELP);
  command
    .command("copy")
    .description("Copies all studies, as they are at this moment, into a new file.")
    .argument("<file>", "the copy; nothing may be there yet")
    .addOption(storageOption("what is copied"))
    .action(async (file: string, options: StorageOptions) => {
      await withFile(storageLocation(options.storage, environment), async (storage) => await storage.copy(file));
      output.err(`Copied to ${file}. What programs printed stays where it was: a copy has values, no logs.`);
    });
  command
    .command("check")
    .description("Reads every page and every study's whole log, and says whether the storage is whole.")
    .addOption(storageOption("what is checked"))
    .option("--json", "print one JSON object")
    .action(async (options: StorageOptions) => await check(options, context));
}

async function check(options: StorageOptions, { output, environment }: CliContext): Promise<void> {
  const location = storageLocation(options.storage, environment);
  const found = await withFile(location, async (storage) => await storage.check());
  if (options.json) output.out(jsonText(found), "exact");
  else {
    for (const { name, trials, events } of found.studies)
      output.out(`${name}: whole, ${countWords(trials, "trial")}, ${countWords(events, "event")}`);
    for (const problem of found.problems) output.out(problem);
  }
  if (found.problems.length > 0) {
    throw new AttuneError(
      "storage-corrupt",
      `${location} is damaged, and was left as it is. Copy it away first, then restore a backup or save what is readable with: ` +
        `sqlite3 ${location} .recover`,
    );
  }
  if (!options.json) output.out(`${location} is whole.`);
}

async function withFile<T>(location: string, use: (storage: SqliteStorage) => Promise<T>): Promise<T> {
  requireStorage(location);
  const file = storageFile(location);
  if (file === null)
    throw new AttuneError("unsupported", `${location} is no file; only a storage in a file is copied or checked so.`);
  const { SqliteStorage } = await import("../../storage/sqlite/sqlite-storage.ts");
  const storage = await SqliteStorage.open(file);
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}
