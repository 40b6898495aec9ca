import { AttuneError } from "../errors.ts";
import type { ClaimedTrial } from "../trial/command.ts";
import type { Asker, Owner } from "../trial/owner.ts";
import type { StudyState } from "../trial/study-state.ts";
import type { Trial } from "../trial/trial.ts";

/**
 * The token of a trial that is told about without one: for who asked for it by hand, as the same user on the same machine, if it was tried
 * once only (or its earlier token was given up as lost), so that nobody else can be running it.
 *
 * @throws AttuneError `invalid-argument`, which says why not and what to do.
 */
export function toldToken(trial: Trial, here: Asker | null): string {
  const { owner, attempts } = holderOf(trial);
  const who = owner.asker;
  if (who === undefined) throw refusal(trial, "who asked for it is not known");
  if (here === null || here.user !== who.user || here.host !== who.host || here.machine !== who.machine) {
    const other =
      here?.host === who.host && here.user === who.user ? "another machine of that name" : "not by you here";
    throw refusal(trial, `it was asked for by ${who.user} on ${who.host}, ${other}`);
  }
  if (attempts > 1 && owner.handedOver !== true)
    throw refusal(trial, `it was tried ${attempts} times, and an earlier attempt may still be running`);
  return owner.token;
}

/** The token of the attempt with which a trial was handed out. */
export function tokenOf(
  state: Pick<StudyState, "view">,
  { trial, segment, attempt }: ClaimedTrial,
): string | undefined {
  return state.view(trial)?.segments[segment]?.attempts[attempt]?.owner.token;
}

/**
 * Who holds a trial that was asked for by hand, and how many attempts it had.
 *
 * @throws AttuneError `invalid-argument` for any other trial.
 */
export function holderOf(trial: Trial): {
  readonly owner: Owner & { readonly kind: "detached" };
  readonly attempts: number;
  readonly since: number;
} {
  const attempts = trial.segments.flatMap((segment) => segment.attempts);
  const last = attempts.at(-1);
  if (trial.state !== "running" || last === undefined)
    throw new AttuneError(
      "invalid-argument",
      `Trial ${trial.number} is ${trial.state}. Only a running trial that was asked for can be told about.`,
    );
  const { owner, startedAt } = last;
  if (owner.kind !== "detached")
    throw new AttuneError(
      "invalid-argument",
      `Trial ${trial.number} was not asked for by hand: the program that runs it tells its values itself.`,
    );
  // Those that came to the end of their segment run no more.
  return { owner, attempts: attempts.filter(({ outcome }) => outcome !== "paused").length, since: startedAt };
}

function refusal({ number }: Trial, why: string): AttuneError {
  return new AttuneError(
    "invalid-argument",
    `The token is missing: ${why}. Give the one that came with trial ${number}; where that is gone, take the trial over.`,
  );
}
