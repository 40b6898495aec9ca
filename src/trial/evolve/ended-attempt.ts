import type { AttemptEnd } from "../event.ts";
import type { Attempt } from "../trial.ts";

/** Members of an attempt under way of which there is nothing more to say, and of an end that tells nothing but what each tells. */
const PLAIN_ATTEMPT = 9;
const PLAIN_END = 5;

/** The attempt as it is once it has ended so, at that time (ms since 1970), having run `steps`; null where nobody can say. */
export function endedAttempt(attempt: Attempt, end: AttemptEnd, endedAt: number, steps: number | null): Attempt {
  const ended = plainly(attempt, end, endedAt) ?? { ...attempt, ...end, endedAt };
  return steps === null ? ended : { ...ended, steps };
}

/** Member by member, which costs a fifth of spreading two objects: most attempts end like this. Null for any other. */
function plainly(attempt: Attempt, end: AttemptEnd, endedAt: number): Attempt | null {
  const { seconds } = end;
  if (membersOf(attempt) !== PLAIN_ATTEMPT || membersOf(end) !== PLAIN_END + (seconds === undefined ? 0 : 1))
    return null;
  const { index, owner, startedAt } = attempt;
  const { outcome, message, exitCode, signal, checkpoint } = end;
  if (seconds === undefined)
    return { index, owner, startedAt, endedAt, outcome, message, exitCode, signal, checkpoint };
  return { index, owner, startedAt, endedAt, outcome, message, exitCode, signal, checkpoint, seconds };
}

function membersOf(value: object): number {
  let members = 0;
  for (const _key in value) members++;
  return members;
}
