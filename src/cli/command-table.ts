import type { Command } from "commander";
import type { CliContext } from "./context.ts";

/** A command's file: declares its arguments, options and help, and what it does. */
export interface CommandModule {
  readonly configure: (command: Command, context: CliContext) => void;
}

/** One line of the list of commands; the file behind it is loaded only when the command is called. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** All commands, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "run", summary: "tune a program, or go on with a study", load: () => import("./commands/run/run.ts") },
  {
    name: "try",
    summary: "run a program once and see what is understood",
    load: () => import("./commands/try/try.ts"),
  },
  { name: "init", summary: "draft a study file from a program's help", load: () => import("./commands/init/init.ts") },
  { name: "helper", summary: "print the helper for a language", load: () => import("./commands/helper.ts") },
  { name: "show", summary: "best values, their lead, what failed", load: () => import("./commands/show/show.ts") },
  { name: "plot", summary: "draw a figure, as a file too", load: () => import("./commands/plot/plot.ts") },
  { name: "trials", summary: "all trials of a study", load: () => import("./commands/trials/trials.ts") },
  {
    name: "report",
    summary: "what a study came to, as one page for others",
    load: () => import("./commands/report/report.ts"),
  },
  { name: "best", summary: "the winner and its command line", load: () => import("./commands/best.ts") },
  { name: "choose", summary: "choose from the front by questions", load: () => import("./commands/choose.ts") },
  {
    name: "confirm",
    summary: "run the winner and its rivals again",
    load: () => import("./commands/confirm/confirm.ts"),
  },
  { name: "log", summary: "what a trial printed", load: () => import("./commands/log/log.ts") },
  { name: "ask", summary: "take the next trial and run it yourself", load: () => import("./commands/ask.ts") },
  { name: "tell", summary: "hand in the result of an asked trial", load: () => import("./commands/tell.ts") },
  { name: "enqueue", summary: "have values of your own tried next", load: () => import("./commands/enqueue.ts") },
  { name: "invalidate", summary: "take trials out of everything", load: () => import("./commands/invalidate.ts") },
  { name: "restore", summary: "make invalid trials count again", load: () => import("./commands/restore.ts") },
  { name: "note", summary: "write a note on a trial", load: () => import("./commands/note.ts") },
  { name: "export", summary: "trials as CSV, JSON or Parquet", load: () => import("./commands/export.ts") },
  { name: "import", summary: "take in trials made elsewhere", load: () => import("./commands/import/import.ts") },
  { name: "why", summary: "why trials were suggested", load: () => import("./commands/why.ts") },
  { name: "replay", summary: "recompute every suggestion and compare", load: () => import("./commands/replay.ts") },
  {
    name: "space",
    summary: "check, draw, sample or edit a search space",
    load: () => import("./commands/space/space.ts"),
  },
  {
    name: "objectives",
    summary: "what a study tunes: one objective more, one less",
    load: () => import("./commands/objectives.ts"),
  },
  { name: "sampler", summary: "answer as a sampler for other programs", load: () => import("./commands/sampler.ts") },
  { name: "ui", summary: "see studies in the browser, live", load: () => import("./commands/serve/ui.ts") },
  { name: "serve", summary: "serve studies to other programs", load: () => import("./commands/serve/serve.ts") },
  { name: "token", summary: "who may use a server", load: () => import("./commands/token.ts") },
  { name: "schema", summary: "JSON Schema of study files, for editors", load: () => import("./commands/schema.ts") },
  { name: "studies", summary: "the studies of a storage", load: () => import("./commands/studies.ts") },
  {
    name: "storage",
    summary: "copy or check a storage, also while it is in use",
    load: () => import("./commands/storage.ts"),
  },
  { name: "gc", summary: "remove logs and checkpoints of no more use", load: () => import("./commands/gc.ts") },
  { name: "completion", summary: "completion for bash, zsh and fish", load: () => import("./commands/completion.ts") },
  { name: "delete", summary: "delete a study", load: () => import("./commands/delete.ts") },
];
