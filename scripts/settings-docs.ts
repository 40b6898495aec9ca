/**
 * Writes what pages say of options and of keys of the study file from their declarations (`src/cli`): the page of all options, and what stands
 * between `<!-- settings: … -->` and `<!-- end of settings -->` in others. `npm run docs:settings`.
 */

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Command, type Option } from "commander";
import { COMMANDS } from "../src/cli/command-table.ts";
import { DeclaredOption, FILE_SETTINGS, type OptionDetails } from "../src/cli/settings/table.ts";
import { silentContext } from "../src/cli/silent-context.testing.ts";

/** A page as it is and as it should be. */
export interface SettingsPage {
  readonly file: string;
  readonly written: string;
  readonly wanted: string;
}

const ROOT = path.resolve(import.meta.dirname, "..");
const REFERENCE = "docs/reference/options.md";
const PARTS = /(<!-- settings: ([^>]*?) -->)[\s\S]*?(<!-- end of settings -->)/g;

/** Every page that says something of settings. */
export async function settingsPages(): Promise<readonly SettingsPage[]> {
  const commands = await allCommands();
  const guides = ["docs/guide/cli.md", "docs/guide/study-file.md"].map((file) => {
    const written = read(file);
    const wanted = written.replace(PARTS, (_, begin: string, what: string, end: string) => {
      return `${begin}\n${part(what, commands)}\n${end}`;
    });
    return { file, written, wanted };
  });
  return [...guides, { file: REFERENCE, written: read(REFERENCE), wanted: reference(commands) }];
}

/** Every command, and every part of one that has parts, with its options. */
export async function allCommands(): Promise<ReadonlyMap<string, Command>> {
  const all = new Map<string, Command>();
  for (const { name, load } of COMMANDS) {
    const command = new Command(name);
    (await load()).configure(command, silentContext);
    if (command.commands.length === 0) all.set(name, command);
    else for (const inner of command.commands) all.set(`${name} ${inner.name()}`, inner);
  }
  return all;
}

/** `options of run`, `options of confirm from --holdout to --again`, `names of try`, `keys`. */
function part(what: string, commands: ReadonlyMap<string, Command>): string {
  if (what === "keys") return keyTable();
  const [, kind, name, first, last] = /^(options|names) of ([a-z ]+?)(?: from (\S+) to (\S+))?$/.exec(what) ?? [];
  const options = name === undefined ? undefined : commands.get(name)?.options;
  if (options === undefined) throw new Error(`There is nothing to write for "settings: ${what}".`);
  if (kind === "names") return `${options.map(({ long }) => `\`${long}\``).join(", ")}`;
  const place = (long: string): number => options.findIndex((option) => option.long === long);
  return optionTable(first === undefined ? options : options.slice(place(first), place(last!) + 1));
}

function optionTable(options: readonly Option[]): string {
  const rows = options.map((option) => {
    const { text, usual } = split(option.description);
    const { guide, since }: OptionDetails = option instanceof DeclaredOption ? option.details : {};
    const again = guide === undefined || option.parseArg === undefined ? "" : "; may be given again";
    return [flagsOf(option), dated(`${guide ?? text}${again}`, since), String(option.defaultValue ?? usual)];
  });
  return table(["option", "meaning", "default"], rows);
}

function keyTable(): string {
  const rows = [...FILE_SETTINGS].map(
    ([key, { keyGuide, guide, help, default: usual = "", keyDefault = usual, since }]) => {
      const meaning = keyGuide ?? guide ?? help;
      return [`\`${key}\``, dated(meaning, since), keyDefault];
    },
  );
  return table(["key", "value", "default"], rows);
}

function dated(meaning: string, since: string | undefined): string {
  return since === undefined ? meaning : `${meaning} (since ${since})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n").replaceAll("|  |", "| |");
}

/** The default stands in a column of its own. */
function split(description: string): { readonly text: string; readonly usual: string } {
  const [, text = description, usual = ""] = /^(.*) \(default: ([^()]*)\)$/.exec(description) ?? [];
  return { text, usual };
}

/** `--trials N`, `-o FILE, --output FILE`. */
function flagsOf({ short, long, flags }: Option): string {
  const form = /<(.*)>/.exec(flags)?.[1];
  const shown = form === undefined ? "" : ` ${form === "number" ? "N" : form.toUpperCase().replace("-OR-", "-or-")}`;
  return [short, long]
    .filter((name) => name !== undefined)
    .map((name) => `\`${name}${shown}\``)
    .join(", ");
}

function reference(commands: ReadonlyMap<string, Command>): string {
  const about = new Map(COMMANDS.map(({ name, summary }) => [name, summary]));
  const parts = [...commands].map(([name, command]) => {
    const says = command.description() || `${about.get(name)?.replace(/^./, (letter) => letter.toUpperCase())}.`;
    const options = command.options.length === 0 ? "No options." : optionTable(command.options);
    return `## \`attune ${name}\`\n\n${says}\n\n${options.replaceAll(/\]\((?=[a-z/-]+\.md)/g, "](../guide/")}`;
  });
  return `${read(REFERENCE).split("\n## ")[0]!.trimEnd()}\n\n${parts.join("\n\n")}\n`;
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { file, written, wanted } of await settingsPages()) {
    if (written === wanted) continue;
    writeFileSync(path.join(ROOT, file), wanted);
    process.stdout.write(`${file} written\n`);
  }
}
