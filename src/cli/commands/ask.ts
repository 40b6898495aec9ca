import type { Command } from "commander";
import { formatValue } from "../../analysis/words/format-value.ts";
import { AttuneError } from "../../errors.ts";
import { currentAsker } from "../../executor/current-asker.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import { recordText } from "../../record/json-text.ts";
import type { Study } from "../../study/index.ts";
import type { CliContext } from "../context.ts";
import { quietly } from "../output.ts";
import { badSetting, readDuration } from "../settings/given-setting.ts";
import { addSettings, type RunCommandOptions, settingsOf } from "../settings/table.ts";
import { storageLocation, storageWords } from "../study/storage-location.ts";
import { isStudyFileName, withStudy } from "../study/study-target.ts";
import { valueWriterOf } from "../study/winning-command.ts";
import { valueWords } from "../trial-words.ts";

type AskCommandOptions = RunCommandOptions & { readonly space?: string; readonly expires?: string };

const HELP = `
The trial is yours until you tell how it went, without a time limit or as long as --expires says. The study must exist, or be described by
a study file (no command: needed) or by --study, --minimize and --space.

Examples:
  attune ask digits --json              # {"number":7,"params":{"lr":0.003},"token":"…"}
  attune ask study.yaml
  attune ask digits --expires 2h        # not told about by then, it is lost and tried again
  attune ask --study digits --minimize loss --space '{lr: 1e-5..1e-1 log, layers: 1..6}'
  attune tell 7 0.31 --token TOKEN digits`;

/** `attune ask`: takes the next trial for a program that the user runs. */
export function configure(command: Command, context: CliContext): void {
  addSettings(command.argument("[study]", "the study's name or its study file"), "ask")
    .option("--expires <time>", "how long the trial is waited for: 90, 30s, 10m, 2h (default: without end)")
    .option(
      "--json",
      "print one JSON object: number, params, token, and until where there is a step or fidelity to run up to",
    )
    .option("--quiet", "print only the result and errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: AskCommandOptions) => {
      expiryOf(options);
      const output = quietly(context, options);
      const describes = options.space !== undefined || (word !== undefined && isStudyFileName(word));
      if (describes) await askDescribed(word, options, output);
      else {
        rejectCreation(options);
        await withStudy(context, word, options, async (study) => await ask(study, options, output));
      }
    });
}

async function askDescribed(word: string | undefined, options: AskCommandOptions, context: CliContext): Promise<void> {
  const [{ collectSettings }, { checkNewStudy, openSettings }, { openStorage }] = await Promise.all([
    import("../study/collect-settings.ts"),
    import("../study/open-settings.ts"),
    import("../../storage/registry.ts"),
  ]);
  const settings = await collectSettings(word === undefined ? [] : [word], null, options);
  const location = storageLocation(settings.storage, context.environment);
  checkNewStudy(settings, location);
  const storage = await openStorage(location);
  try {
    await ask(await openSettings(settings, storage), options, context);
  } finally {
    await storage.close();
  }
}

/** What says where the study is may be given for any; the rest of what begins one is for new studies. */
function rejectCreation(options: AskCommandOptions): void {
  const given = settingsOf(["study"])
    .map(({ name }) => name)
    .find((name) => name !== "study" && name !== "storage" && name in options);
  if (given === undefined) return;
  const message = `--${given} is for a new study, which needs --space too (or a study file). An existing study keeps what it has.`;
  throw new AttuneError("invalid-argument", message);
}

/** Seconds, or null. */
function expiryOf({ expires }: AskCommandOptions): number | null {
  if (expires === undefined) return null;
  const setting = { value: expires, label: "--expires", position: null };
  const seconds = readDuration(setting);
  if (seconds > 0) return seconds;
  throw badSetting(setting, "give a time above 0: 90, 30s, 10m, 2h.");
}

async function ask(study: Study, options: AskCommandOptions, { output }: CliContext): Promise<void> {
  const expires = expiryOf(options);
  const { number, params, token, until } = await study.ask({ detached: true, ...(expires !== null && { expires }) });
  if (options.json) {
    output.out(
      recordText({ number, params, token, ...(until !== null && { until }) }, valueWriterOf(study), 0, "shown"),
      "exact",
    );
    return;
  }
  const again = study.trial(number).segments.length > 1 ? " goes on" : "";
  output.out(`trial ${number} of ${study.name}${again}${until === null ? "" : `, up to ${until}`}`);
  const width = Math.max(0, ...Object.keys(params).map((name) => name.length));
  for (const [name, value] of Object.entries(params))
    output.out(`  ${name.padEnd(width)}  ${formatValue(value)}`, "with-secrets");
  const where = storageWords(study.location);
  const words = `${valueWords(study.metrics)}${where} ${quoteWord(study.name)}`;
  const elsewhere =
    currentAsker() === null ? ` --token ${token}` : `   (elsewhere or as another user: --token ${token})`;
  output.err(`when done: attune tell ${number} ${words}${elsewhere}`, "with-secrets");
}
