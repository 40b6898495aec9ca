import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { uptime } from "../journal.ts";
import type { Leg } from "../leg.ts";
import { readStudyRows } from "../study-rows.ts";
import type { Fault } from "./fault.ts";

interface Asked {
  readonly number: number;
  readonly params: { readonly x: number };
  readonly token: string;
}

/** Points that `ask` and `tell` pass, before and behind their commits. */
const POINTS = ["write.begun", "write.before-commit", "write.committed", "claim.done", "finish.decided", "finish.done"];

/** Writes down what is done by hand, as programs do. */
function note(leg: Leg, what: string, trial: number, attempt: number, rest: string | number): void {
  appendFileSync(leg.stage.journal, `${uptime()} ${what} -1 ${trial} ${attempt} ${process.pid} ${rest}\n`);
}

/** The attempts that are out by hand at present. */
function out(leg: Leg): readonly { readonly trial: number; readonly attempt: number; readonly x: number }[] {
  const { trials } = readStudyRows(leg.stage.storage);
  return [...trials.values()].flatMap(({ number, x, attempts }) => {
    const last = attempts.at(-1);
    return last?.end === null && last.owner === null ? [{ trial: number, attempt: last.attempt, x }] : [];
  });
}

async function ask(leg: Leg, environment: Readonly<Record<string, string>> = {}): Promise<Asked | null> {
  const { code, signal, stdout, output } = await leg.stage.attune(["ask", "--json"], environment);
  if (signal === "SIGKILL") return null;
  if (code !== 0) throw new Error(`attune ask ended with ${code}: ${output}`);
  const asked = JSON.parse(stdout) as Asked;
  leg.wanted = Math.max(leg.wanted, asked.number + 1);
  return asked;
}

async function tell(
  leg: Leg,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const { code, signal, output } = await leg.stage.attune(["tell", ...words], environment);
  if (signal === "SIGKILL") return false;
  if (code !== 0) throw new Error(`attune tell ${words.join(" ")} ended with ${code}: ${output}`);
  return true;
}

/** Whoever asked is gone with the token: hands a result in for each such trial, as the run says how. */
async function tellLost(leg: Leg): Promise<void> {
  for (const { trial, attempt, x } of out(leg)) {
    leg.wanted = Math.max(leg.wanted, trial + 1);
    note(leg, "begin", trial, attempt + 1, x);
    note(leg, "end", trial, attempt + 1, x);
    await tell(leg, [String(trial), String(x), "--lost", "--yes"]);
  }
}

/** Runs one trial by hand; a command that is killed at `point` is given again. */
async function byHand(leg: Leg, killed: "ask" | "tell" | null): Promise<boolean> {
  if (!(await leg.busy())) return false;
  const fault = { ATTUNE_FAULT: `${leg.one(POINTS)}:1` };
  const asked = await ask(leg, killed === "ask" ? fault : {});
  if (asked === null) {
    await leg.moment(1_000);
    await tellLost(leg);
    return true;
  }
  const { number, params, token } = asked;
  const attempt = out(leg).find(({ trial }) => trial === number)?.attempt ?? 0;
  note(leg, "begin", number, attempt, params.x);
  await sleep(leg.draw() * 1_000);
  note(leg, "end", number, attempt, params.x);
  const words = [String(number), String(params.x), "--token", token];
  if (!(await tell(leg, words, killed === "tell" ? fault : {}))) await tell(leg, words);
  return true;
}

export const BY_HAND: readonly Fault[] = [
  { kind: "ask and tell beside", inject: async (leg) => await leg.alone(() => byHand(leg, null)) },
  { kind: "kill ask", inject: async (leg) => await leg.alone(() => byHand(leg, "ask")) },
  { kind: "kill tell", inject: async (leg) => await leg.alone(() => byHand(leg, "tell")) },
];
