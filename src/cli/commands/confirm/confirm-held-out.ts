import { type HeldOutJudgement, judgeHeldOut, type Winner } from "../../../analysis/index.ts";
import { formatDuration } from "../../../analysis/words/format-duration.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { readCommandTemplate } from "../../../protocol/index.ts";
import { quoteWord } from "../../../protocol/shell-quote.ts";
import { failureCause } from "../../../record/failure-cause.ts";
import { recordText } from "../../../record/json-text.ts";
import { learnSecrets } from "../../../record/secrets.ts";
import { jsonEqual } from "../../../space/json-equal.ts";
import type { Study } from "../../../study/index.ts";
import type { HeldOutRun } from "../../../trial/held-out-run.ts";
import { type CliContext, EXIT_CODES, type ExitCode } from "../../context.ts";
import type { Output } from "../../output.ts";
import type { RunSettings } from "../../settings/table.ts";
import { storageWords } from "../../study/storage-location.ts";
import { programNames, valueWriterOf } from "../../study/winning-command.ts";
import { hasTerminal, listenForStop, type StopSignals } from "../../terminal.ts";
import { requireProgram, templateUses, unusedParameters } from "../run/check-program.ts";
import { freeSpaceGuard } from "../run/tune-study.ts";
import { heldOutLines } from "./confirmation-lines.ts";
import {
  type HeldOutOptions,
  type HeldOutQuestion,
  type HeldOutTask,
  heldOutCandidates,
  heldOutQuestion,
  plainJson,
  runHeldOut,
  type SeededCandidate,
} from "./run-held-out.ts";

/** Columns of a role. */
const ROLE = 9;

interface Wish extends HeldOutOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Runs winner, runner-up and defaults once on data that the search never saw, and says what is left of the lead. */
export async function confirmHeldOut(
  study: Study,
  settings: RunSettings,
  options: Wish,
  context: CliContext,
): Promise<ExitCode> {
  const { output, program, environment } = context;
  const question = await heldOutQuestion(study, settings.holdout, program, options);
  learnSecrets(question.command);
  await requireProgram(question.command);
  const report = study.summary();
  if (report.winner === null) {
    output.err(`attune: study ${study.name} has no complete trial with a finite value yet to run on held-out data.`);
    return EXIT_CODES.negative;
  }
  const { candidates, left } = heldOutCandidates(study, report.winner, report, question.command);
  const line = (text: string): void => {
    if (options.quiet !== true) output.err(text);
  };
  for (const note of await notesOf(study, report.winner, question)) line(output.errPaint.yellow(`note: ${note}`));
  const known = (candidate: SeededCandidate) => knownHeldOutRun(study.heldOut, question, candidate);
  const missing = candidates.filter((candidate) => options.again === true || known(candidate) === null);
  const before = candidates.filter((candidate) => !missing.includes(candidate));
  if (before.length > 0)
    line(`run before, and not again: ${before.map(({ role }) => role).join(", ")} (--again runs what was run before)`);
  const signals = listenForStop(hasTerminal(), (signal) => line(`${signal}: the programs are asked to end.`));
  output.survive();
  try {
    const { ended, isFull } = await runAll(
      study,
      { question, candidates: missing, settings, environment },
      signals,
      line,
    );
    const runs = candidates.map(
      (candidate) => ended.get(candidate) ?? (missing.includes(candidate) ? null : known(candidate)),
    );
    const judgement = judgeHeldOut(candidates, runs, question.metric, study.metrics[0]!.name);
    if (options.json) output.out(recordText({ study: study.name, ...judgement, left }, valueWriterOf(study)), "exact");
    else for (const text of [...linesOf(study, judgement, output), ...left]) output.out(text);
    if (isFull) return signals.exitCode() ?? EXIT_CODES.storage;
    const isKnown = judgement.configurations[0]!.heldOut !== null;
    return signals.exitCode() ?? (isKnown ? EXIT_CODES.ok : EXIT_CODES.negative);
  } finally {
    signals.dispose();
  }
}

/** Runs the candidates and tells how each ended; whether a disk had no room for one. */
async function runAll(
  study: Study,
  task: Omit<HeldOutTask, "mayStart" | "onEnd">,
  signals: StopSignals,
  line: (text: string) => void,
): Promise<{ readonly ended: ReadonlyMap<SeededCandidate, HeldOutRun>; readonly isFull: boolean }> {
  const ended = new Map<SeededCandidate, HeldOutRun>();
  const guard = freeSpaceGuard(study.location, task.settings.minFree);
  let isFull = false;
  const mayStart = async (): Promise<string | null> => {
    const refused = await guard();
    isFull ||= refused !== null;
    return refused;
  };
  const onEnd: HeldOutTask["onEnd"] = (candidate, run, why) => {
    if (run !== null) ended.set(candidate, run);
    line(run === null ? `${candidate.role.padEnd(ROLE)}  not run: ${why}` : endLine(run));
  };
  await runHeldOut(study, { ...task, mayStart, onEnd }, signals);
  return { ended, isFull };
}

function linesOf({ name, location }: Study, judgement: HeldOutJudgement, output: Output): readonly string[] {
  const logCommand = (run: number): string => `attune log ${run} ${quoteWord(name)}${storageWords(location)} --holdout`;
  return heldOutLines(judgement, logCommand, output.outPaint, output.outWidth);
}

/** What the user should know before anything is run. */
async function notesOf(study: Study, winner: Winner, question: HeldOutQuestion): Promise<readonly string[]> {
  const { command, metric, notices } = question;
  const inTemplates = templateUses(command, programNames(study.space));
  const byTrial = readCommandTemplate(command).uses.includes("trial");
  const before = study.heldOut.filter(
    (run) =>
      run.role === "winner" && run.metric === metric.name && jsonEqual(plainJson(run.command), plainJson(command)),
  );
  const others = new Set(before.map(({ trial }) => trial).filter((trial) => trial !== winner.number)).size;
  return [
    ...notices,
    ...(byTrial ? [] : unusedParameters(study.space, command, inTemplates)),
    ...(others === 0
      ? []
      : [
          `${others} other ${others === 1 ? "winner was" : "winners were"} judged on these data before; the more often they decide, the less unseen they are`,
        ]),
  ];
}

function endLine({ role, number, end, metric, values, startedAt, endedAt }: HeldOutRun): string {
  const time = formatDuration(Math.max(0, endedAt - startedAt) / 1000);
  const value = values[metric];
  const how =
    end.outcome === "ok" && value !== undefined
      ? `${metric} ${formatNumber(value)}  ${time}`
      : `failed: ${failureCause(end.message ?? end.outcome)}`;
  return `${role.padEnd(ROLE)}  held-out run ${number}: ${how}`;
}

/** The newest run that ended well and asked the same of the same configuration, or null. */
function knownHeldOutRun(
  runs: readonly HeldOutRun[],
  { command, metric, reading }: HeldOutQuestion,
  { trial, params, seed }: SeededCandidate,
): HeldOutRun | null {
  const asked = plainJson({ command, metric: metric.name, reading, trial, params, seed });
  return runs.findLast((run) => run.end.outcome === "ok" && jsonEqual(asked, questionOf(run))) ?? null;
}

function questionOf({ command, metric, reading, trial, params, seed }: HeldOutRun) {
  return plainJson({ command, metric, reading, trial, params, seed });
}
