import { AttuneError } from "../errors.ts";

type Callable = (...args: never[]) => unknown;

/**
 * Does the work of a function that users call. What was the user's mistake comes out with the places of the user's own code alone: where
 * in Attune it was noticed helps nobody. A fault of Attune keeps its stack.
 *
 * @param called - the function that the user calls.
 */
export function userCall<T>(called: Callable, work: () => T): T {
  const here: { stack?: string } = {};
  // Not in every browser.
  Error.captureStackTrace?.(here, called);
  try {
    const answer = work();
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => {
      throw withFrames(error, here.stack);
    }) as T;
  } catch (error) {
    if (isUsers(error)) Error.captureStackTrace?.(error, called);
    throw error;
  }
}

/** Has every public method of a class go by {@link userCall}. */
export function userCalls(made: { readonly prototype: object }): void {
  const methods = Object.entries(Object.getOwnPropertyDescriptors(made.prototype));
  for (const [name, { value, ...rest }] of methods) {
    if (name === "constructor" || typeof value !== "function") continue;
    const called = function (this: unknown, ...args: readonly unknown[]): unknown {
      return userCall(called, () => Reflect.apply(value, this, args));
    };
    Object.defineProperty(called, "name", { value: name });
    Object.defineProperty(made.prototype, name, { ...rest, value: called });
  }
}

function isUsers(error: unknown): error is AttuneError {
  return error instanceof AttuneError && error.code !== "internal";
}

function withFrames(error: unknown, stack: string | undefined): unknown {
  if (!isUsers(error) || stack === undefined) return error;
  // Without this Node shows the line of Attune that threw above all.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  Error.captureStackTrace(error);
  Error.stackTraceLimit = stackTraceLimit;
  const frames = stack.indexOf("\n    at ");
  error.stack = `${error.name}: ${error.message}${frames < 0 ? "" : stack.slice(frames)}`;
  return error;
}
