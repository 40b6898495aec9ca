import { failureCauseKey } from "../../../src/analysis/failure-cause-key.ts";
import { readForeignValue } from "../../../src/cli/commands/import/import-columns.ts";
import { wordsBehindOptions } from "../../../src/cli/commands/init/find-options.ts";
import { ReadableLog } from "../../../src/cli/commands/log/follow-log.ts";
import { readCsv, spreadsheetCell } from "../../../src/cli/csv.ts";
import { clip, renderTable, shownLine, visibleText, wrapWords } from "../../../src/cli/render/text.ts";
import { parseSize } from "../../../src/cli/settings/given-setting.ts";
import { defaultStudyName } from "../../../src/cli/study/study-name.ts";
import { readSectionedLeaves, readYamlLeaves } from "../../../src/discovery/config-options.ts";
import { findMetrics } from "../../../src/discovery/find-metrics.ts";
import { summaryLines } from "../../../src/discovery/rank-metrics.ts";
import { readHelp } from "../../../src/discovery/read-help.ts";
import { memoryWords } from "../../../src/executor/command/memory-words.ts";
import { OutputTail } from "../../../src/executor/command/output-tail.ts";
import { SecretRedactor } from "../../../src/executor/command/secret-redactor.ts";
import { makeTrial } from "../../../src/objective/testing/make-trial.testing.ts";
import { readCommandTemplate } from "../../../src/protocol/command-template.ts";
import { csvRows } from "../../../src/protocol/csv-rows.ts";
import { formatLiteral } from "../../../src/protocol/format-literal.ts";
import { formatParams } from "../../../src/protocol/format-params.ts";
import { formatPlaced } from "../../../src/protocol/format-placed.ts";
import { MetricReader } from "../../../src/protocol/metric-reader.ts";
import { parseJson } from "../../../src/protocol/parse-json.ts";
import { readMetricFile } from "../../../src/protocol/read-metric-file.ts";
import { MetricReader as FirstReader } from "../../../src/protocol/reader-1/metric-reader.ts";
import { renderCommand } from "../../../src/protocol/render-command.ts";
import { renderTemplate } from "../../../src/protocol/render-template.ts";
import { readReportRecord } from "../../../src/protocol/report-record.ts";
import { quoteWord } from "../../../src/protocol/shell-quote.ts";
import { failureCause } from "../../../src/record/failure-cause.ts";
import { plainLine } from "../../../src/record/plain-line.ts";
import { readParamValue } from "../../../src/space/parse-param-value.ts";
import { parseDuration } from "../../../src/study/duration.ts";

const KB = 1024;
/** Of a longer line the readers of outputs take so much, and no option may be longer. */
const LINE = 64 * KB;
const MB = 1024 * KB;

export interface TextReader {
  readonly read: (text: string) => unknown;
  /** Characters that it takes in one go. */
  readonly keeps: number;
}

const metrics = ["loss", "val acc"];
const redactor = new SecretRedactor({ MY_TOKEN: "abcdefgh12345678" });
const number = { name: "x", kind: "float", low: 0, high: 1, scale: "linear" } as unknown as Parameters<
  typeof readParamValue
>[0];
const values = {
  parameters: new Set(["lr", "gone"]),
  plainPlaces: false,
  params: { lr: 0.5 },
  seed: 1,
  trial: 1,
  fold: null,
  filePath: (name: string) => name,
};

function redactStream(text: string): void {
  const stream = redactor.stream();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 4096) stream.push(bytes.subarray(at, at + 4096));
  stream.end();
}

function refusing(read: (text: string) => unknown): (text: string) => unknown {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      return error;
    }
  };
}

function withReader(reader: MetricReader | FirstReader, text: string): void {
  reader.push("stdout", Buffer.from(`${text}\n`));
  reader.end();
}

function templates(text: string): void {
  for (const file of ["a.json", "a.yaml", "a.toml", "a.py", "a.txt"])
    renderTemplate(`${text}\n${text.slice(0, text.length / 2)}\${gone}\n`, file, values);
}

function placed(text: string): void {
  for (const style of ["hydra", "python", "equals"] as const)
    for (const role of ["single", "double", "value", "part"] as const) formatPlaced(text, style, role);
}

const command = (text: string) => ({ argv: ["a", text] });
const shell = (text: string) => ({ shell: `a ${text}` });

/** Whatever reads, writes or shows a text that a program or a stranger's file made. */
export const TEXT_READERS: Readonly<Record<string, TextReader>> = {
  "the metric reader": {
    read: (text) => withReader(new MetricReader({ metrics, lastNumber: true }), text),
    keeps: LINE,
  },
  "the metric reader, by lines of a kilobyte": {
    read: (text) => withReader(new MetricReader({ metrics, lastNumber: true }), text.replace(/.{1024}/gs, "$&\n")),
    keeps: LINE,
  },
  "the first metric reader": {
    read: (text) => withReader(new FirstReader({ metrics, lastNumber: true }), text),
    keeps: LINE,
  },
  "a metric file": { read: (text) => readMetricFile(text, new Map([["loss", "loss"]])), keeps: MB },
  "a report": { read: readReportRecord, keeps: MB },
  "JSON of programs": { read: parseJson, keeps: MB },
  "rows of CSV": { read: (text) => csvRows(text, ","), keeps: MB },
  "an imported CSV": { read: refusing((text) => readCsv(text, "x.csv")), keeps: MB },
  "an imported value": { read: refusing((text) => readForeignValue(number, text)), keeps: MB },
  "a written value": { read: (text) => readParamValue(number, text), keeps: MB },
  "attune try": {
    read: (text) => [
      findMetrics(Buffer.from(text), { parameters: ["lr"], settings: new Map() }),
      summaryLines(Buffer.from(text)),
    ],
    keeps: LINE,
  },
  "secrets in a text": { read: (text) => redactor.clean(text), keeps: MB },
  "secrets in a stream": { read: redactStream, keeps: MB },
  "words of memory": { read: memoryWords, keeps: LINE },
  "the tail of an output": {
    read: (text) => {
      const tail = new OutputTail();
      tail.push(Buffer.from(text));
      return tail.text();
    },
    keeps: MB,
  },
  "attune log": {
    read: (text) => {
      const log = new ReadableLog();
      return log.push(Buffer.from(text)) + log.end();
    },
    keeps: MB,
  },
  "the help of a program": { read: readHelp, keeps: MB },
  "the description of an option": {
    read: (text) => readHelp(`options:\n  --x X  ${text} (default: 1)\n  --y Y  one of a, b or ${text}\n`),
    keeps: LINE,
  },
  "the usage line of a program": { read: (text) => wordsBehindOptions(text, ["a"]), keeps: MB },
  "a config in YAML": { read: readYamlLeaves, keeps: 200_000 },
  "a config in TOML": { read: (text) => readSectionedLeaves(`a = ${text}`, "toml"), keeps: 200_000 },
  "a config in INI": { read: (text) => readSectionedLeaves(text, "ini"), keeps: 200_000 },
  "the cause of a failure": { read: failureCause, keeps: MB },
  "the key of a cause": {
    read: (text) => failureCauseKey(makeTrial(0, 0, { state: "failed", message: text })),
    keeps: MB,
  },
  "a plain line": { read: plainLine, keeps: MB },
  "a visible text": { read: visibleText, keeps: MB },
  "a cut line": { read: (text) => clip(text, 80), keeps: MB },
  "a shown line": { read: shownLine, keeps: MB },
  "wrapped words": { read: (text) => wrapWords(text, 80), keeps: MB },
  "a table": { read: (text) => renderTable([{ title: "x", align: "left" }], [[text]], 80), keeps: MB },
  "a cell of a spreadsheet": { read: spreadsheetCell, keeps: MB },
  "a literal": {
    read: (text) => {
      for (const syntax of ["json", "yaml", "toml", "python", "hydra"] as const) formatLiteral(text, syntax);
    },
    keeps: MB,
  },
  "a value at its place": { read: placed, keeps: MB },
  "a file of parameters": {
    read: refusing((text) => {
      for (const format of ["json", "yaml", "toml"] as const) formatParams({ x: text }, format);
    }),
    keeps: MB,
  },
  "a template of a file": { read: refusing(templates), keeps: LINE },
  "a word of the shell": { read: quoteWord, keeps: MB },
  "an argument of a command": { read: refusing((text) => readCommandTemplate(command(text))), keeps: LINE },
  "a command of the shell": {
    read: refusing((text) => renderCommand(readCommandTemplate(shell(text)), values)),
    keeps: LINE,
  },
  "the name of a study": {
    read: (text) => [defaultStudyName(command(text)), defaultStudyName(shell(text))],
    keeps: LINE,
  },
  "a duration": { read: parseDuration, keeps: LINE },
  "a size": { read: parseSize, keeps: LINE },
};
