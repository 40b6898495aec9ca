import type { Command } from "commander";
import { AttuneError } from "../../errors.ts";
import { jsonText } from "../../record/json-text.ts";
import type { CliContext } from "../context.ts";
import { type Output, quietly } from "../output.ts";
import { renderTable, shownLine } from "../render/text.ts";
import { storageOption } from "../settings/table.ts";
import { requireStorage, storageLocation } from "../study/storage-location.ts";

interface StudiesOptions {
  readonly storage?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `attune studies`: the living studies of a storage, oldest first. */
export function configure(command: Command, context: CliContext): void {
  command
    .addOption(storageOption())
    .option("--json", "print one JSON object a line")
    .option("--quiet", "print only the result and errors")
    .addHelpText("after", "\nExample:\n  attune studies --storage lab.db")
    .action(async (options: StudiesOptions) => await list(options, quietly(context, options)));
}

async function list(options: StudiesOptions, { output, environment }: CliContext): Promise<void> {
  const location = storageLocation(options.storage, environment);
  requireStorage(location);
  const { openStorageToLook } = await import("../../storage/registry.ts");
  const storage = await openStorageToLook(location);
  try {
    const rows: string[][] = [];
    const damaged: AttuneError[] = [];
    for (const { name, createdAt, parts, damage } of await storage.overview()) {
      const created = new Date(createdAt).toISOString();
      const shown = created.slice(0, 16).replace("T", " ");
      if (parts === null) {
        damaged.push(new AttuneError("storage-corrupt", damage ?? ""));
        if (options.json) output.out(jsonText({ name, damaged: damage, created }), "exact");
        rows.push([name, "damaged", "", shown]);
        continue;
      }
      const { metrics, trials, trialsSpent } = parts;
      if (options.json) output.out(jsonText({ name, metrics, trials, trialsSpent, created }), "exact");
      const goal = metrics.map((metric) => `${metric.direction} ${metric.name}`).join(", ");
      rows.push([name, goal, String(trialsSpent), shown]);
    }
    if (options.json) rows.length = 0;
    else if (rows.length === 0) output.err(`${location} holds no study yet. Begin one with attune run.`);
    else write(renderTable(COLUMNS, rows, output.outWidth), output);
    if (damaged.length > 0) throw damaged[0];
  } finally {
    await storage.close();
  }
}

/** Many lines at a time: a storage may have ten thousand studies, and each writing is a call of the system. */
function write(lines: readonly string[], { out }: Output): void {
  for (let first = 0; first < lines.length; first += LINES_AT_ONCE)
    out(
      lines
        .slice(first, first + LINES_AT_ONCE)
        .map(shownLine)
        .join("\n"),
      "exact",
    );
}

const LINES_AT_ONCE = 200;

const COLUMNS = [
  { title: "study", align: "left" },
  { title: "goal", align: "left" },
  { title: "trials", align: "right" },
  { title: "created (UTC)", align: "left" },
] as const;
