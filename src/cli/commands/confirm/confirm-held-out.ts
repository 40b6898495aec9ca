import { judgeHeldOut, judgeHeldOutFront } from "../../../analysis/index.ts";
import { formatDuration } from "../../../analysis/words/format-duration.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { readCommandTemplate } from "../../../protocol/index.ts";
import { quoteWord } from "../../../protocol/shell-quote.ts";
import { failureCause } from "../../../record/failure-cause.ts";
import { recordText } from "../../../record/json-text.ts";
import { learnSecrets } from "../../../record/secrets.ts";
import { jsonEqual } from "../../../space/json-equal.ts";
import type { Study } from "../../../study/index.ts";
import { type HeldOutRun, heldOutMetrics } from "../../../trial/held-out-run.ts";
import { type CliContext, EXIT_CODES, type ExitCode } from "../../context.ts";
import type { Output } from "../../output.ts";
import type { RunSettings } from "../../settings/table.ts";
import { storageWords } from "../../study/storage-location.ts";
import { programNames, valueWriterOf } from "../../study/winning-command.ts";
import { hasTerminal, listenForStop, type StopSignals } from "../../terminal.ts";
import { requireProgram, templateUses, unusedParameters } from "../run/check-program.ts";
import { freeSpaceGuard } from "../run/tune-study.ts";
import { pointToConfirm } from "./confirm-front.ts";
import { heldOutCandidates, heldOutPoints, type SeededCandidate } from "./held-out-candidates.ts";
import { heldOutFrontLines } from "./held-out-front-lines.ts";
import { heldOutLines } from "./held-out-lines.ts";
import { type HeldOutOptions, type HeldOutQuestion, heldOutQuestion, plainJson } from "./held-out-question.ts";
import { type HeldOutTask, runHeldOut } from "./run-held-out.ts";

/** Columns of a role. */
const ROLE = 9;

interface Wish extends HeldOutOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * Runs winner, runner-up and defaults once on data that the search never saw, and says what is left of the lead; by several objectives the chosen point of the front, its
 * neighbours and the defaults.
 */
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
  const planned = candidatesOf(study, question);
  if (planned === null) {
    const lacks =
      study.metrics.length > 1 ? "no configuration on its front yet" : "no complete trial with a finite value yet";
    output.err(`attune: study ${study.name} has ${lacks} to run on held-out data.`);
    return EXIT_CODES.negative;
  }
  const { candidates, left } = planned;
  const line = (text: string): void => {
    if (options.quiet !== true) output.err(text);
  };
  for (const note of await notesOf(study, candidates[0]!, question)) line(output.errPaint.yellow(`note: ${note}`));
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
    const isKnown = showJudgement({ study, question, candidates, runs, left }, options, output);
    if (isFull) return signals.exitCode() ?? EXIT_CODES.storage;
    return signals.exitCode() ?? (isKnown ? EXIT_CODES.ok : EXIT_CODES.negative);
  } finally {
    signals.dispose();
  }
}

/** What is to be run; null while there is no winner or no front. */
function candidatesOf(study: Study, { command }: HeldOutQuestion): ReturnType<typeof heldOutCandidates> | null {
  if (study.metrics.length > 1) {
    const point = pointToConfirm(study);
    return point === null ? null : heldOutPoints(study, point.number, command);
  }
  const { winner } = study.summary();
  return winner === null ? null : heldOutCandidates(study, winner, command);
}

/** What was run, and what came of it. */
interface Judged {
  readonly study: Study;
  readonly question: HeldOutQuestion;
  readonly candidates: readonly SeededCandidate[];
  readonly runs: readonly (HeldOutRun | null)[];
  readonly left: readonly string[];
}

/** Prints what came of the runs; whether the first of the candidates has a value of each metric. */
function showJudgement({ study, question, candidates, runs, left }: Judged, options: Wish, output: Output): boolean {
  const logCommand = (run: number): string =>
    `attune log ${run} ${quoteWord(study.name)}${storageWords(study.location)} --holdout`;
  const seenMetrics = study.metrics.map(({ name }) => name);
  const show = (judgement: object, lines: readonly string[]): void => {
    if (options.json) output.out(recordText({ study: study.name, ...judgement, left }, valueWriterOf(study)), "exact");
    else for (const text of [...lines, ...left]) output.out(text);
  };
  if (seenMetrics.length > 1) {
    const judgement = judgeHeldOutFront(candidates, runs, question.metrics, seenMetrics);
    show(judgement, heldOutFrontLines(judgement, logCommand, output.outPaint, output.outWidth));
    return judgement.configurations[0]!.beatenBy !== null;
  }
  const [metric, seenMetric] = [question.metrics[0]!, seenMetrics[0]!];
  const own = candidates.map((candidate) => ({ ...candidate, seen: candidate.seen?.[seenMetric] ?? null }));
  const judgement = judgeHeldOut(own, runs, metric, seenMetric);
  show(judgement, heldOutLines(judgement, logCommand, output.outPaint, output.outWidth));
  return judgement.configurations[0]!.heldOut !== null;
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

/** What the user should know before anything is run. */
async function notesOf(
  study: Study,
  { role, trial }: SeededCandidate,
  { command, metrics, notices }: HeldOutQuestion,
): Promise<readonly string[]> {
  const inTemplates = templateUses(command, programNames(study.space));
  const byTrial = readCommandTemplate(command).uses.includes("trial");
  const names = plainJson(metrics.map(({ name }) => name));
  const before = study.heldOut.filter(
    (run) =>
      run.role === role &&
      jsonEqual(plainJson(heldOutMetrics(run)), names) &&
      jsonEqual(plainJson(run.command), plainJson(command)),
  );
  const others = new Set(before.map((run) => run.trial).filter((number) => number !== trial)).size;
  const what = role === "winner" ? "winner" : "chosen point";
  return [
    ...notices,
    ...(byTrial ? [] : unusedParameters(study.space, command, inTemplates)),
    ...(others === 0
      ? []
      : [
          `${others} other ${others === 1 ? `${what} was` : `${what}s were`} judged on these data before; the more often they decide, the less unseen they are`,
        ]),
  ];
}

function endLine(run: HeldOutRun): string {
  const { role, number, end, values, startedAt, endedAt } = run;
  const time = formatDuration(Math.max(0, endedAt - startedAt) / 1000);
  const names = heldOutMetrics(run);
  const how =
    end.outcome === "ok" && names.every((name) => values[name] !== undefined)
      ? `${names.map((name) => `${name} ${formatNumber(values[name]!)}`).join("  ")}  ${time}`
      : `failed: ${failureCause(end.message ?? end.outcome)}`;
  return `${role.padEnd(ROLE)}  held-out run ${number}: ${how}`;
}

/** The newest run that ended well and asked the same of the same configuration, or null. */
function knownHeldOutRun(
  runs: readonly HeldOutRun[],
  { command, metrics, reading }: HeldOutQuestion,
  { trial, params, seed }: SeededCandidate,
): HeldOutRun | null {
  const asked = plainJson({ command, metrics: metrics.map(({ name }) => name), reading, trial, params, seed });
  return runs.findLast((run) => run.end.outcome === "ok" && jsonEqual(asked, questionOf(run))) ?? null;
}

function questionOf(run: HeldOutRun) {
  const { command, reading, trial, params, seed } = run;
  return plainJson({ command, metrics: heldOutMetrics(run), reading, trial, params, seed });
}
