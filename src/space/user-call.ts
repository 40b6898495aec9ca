import { AttuneError } from "../errors.ts";

type Callable = (...args: never[]) => unknown;

/**
 * Does the work of a function that users call. What was the user's mistake comes out with the places of the user's own code alone: where
 * in Attune it was noticed helps nobody. A fault of Attune keeps its stack.
 *
 * @param called - the function that the user calls.
 */
export function userCall<T>(called: Callable, work: () => T): T {
  try {
    const answer = work();
    return answer instanceof Promise ? (answer.catch(toWhoeverAwaits) as T) : answer;
  } catch (error) {
    throw shortened(error, called);
  }
}

function shortened(error: unknown, called: Callable): unknown {
  // Not in every browser.
  if (isUsers(error)) Error.captureStackTrace?.(error, called);
  return error;
}

/** The engine knows who awaits the promise: noting at each call where it was made costs a tenth of an ask and tell. */
function toWhoeverAwaits(error: unknown): never {
  throw shortened(error, toWhoeverAwaits);
}

/** Has every public method of a class go by {@link userCall}. */
export function userCalls(made: { readonly prototype: object }): void {
  const methods = Object.entries(Object.getOwnPropertyDescriptors(made.prototype));
  for (const [name, { value, ...rest }] of methods) {
    if (name === "constructor" || typeof value !== "function") continue;
    // Without a closure for each call: these are the calls of which a study has a million.
    const called = function (this: unknown, ...args: readonly unknown[]): unknown {
      try {
        const answer: unknown = value.apply(this, args);
        return answer instanceof Promise ? answer.catch(toWhoeverAwaits) : answer;
      } catch (error) {
        throw shortened(error, called);
      }
    };
    Object.defineProperty(called, "name", { value: name });
    Object.defineProperty(made.prototype, name, { ...rest, value: called });
  }
}

function isUsers(error: unknown): error is AttuneError {
  return error instanceof AttuneError && error.code !== "internal";
}
