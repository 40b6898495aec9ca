/** What tests import of vitest, for `quick-tests-main.ts`: tests are kept until they are run, one after the other, to the first that fails. */
import { setTimeout as delay } from "node:timers/promises";
import { expect as expectOnce } from "vitest";

export { chai, createExpect, expectTypeOf, vi } from "vitest";

/** What `expect.poll` waits for at the most, in ms, unless it is told, and between two looks. */
const POLLED_MS = 1_000;
const LOOK_MS = 10;

/** As that of the runner, whose `poll` needs a test of its own. */
export const expect: typeof expectOnce = Object.assign(expectOnce, {
  poll: (look: () => unknown, { timeout = POLLED_MS } = {}) => polled(look, timeout, false),
}) as never;

/** Matchers that wait until they hold. */
function polled(look: () => unknown, timeout: number, not: boolean): unknown {
  return new Proxy(
    {},
    {
      get: (_target, name) =>
        name === "not"
          ? polled(look, timeout, !not)
          : (...args: readonly unknown[]) =>
              eventually(timeout, async () => {
                const asked = expectOnce(await look());
                const matchers = (not ? asked.not : asked) as unknown as Record<string | symbol, Work>;
                matchers[name]!(...args);
              }),
    },
  );
}

async function eventually(timeout: number, holds: () => Promise<void>): Promise<void> {
  const until = performance.now() + timeout;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (performance.now() > until) throw error;
      await delay(LOOK_MS);
    }
  }
}

type Work = (...args: readonly unknown[]) => unknown;

interface Scope {
  readonly parent: Scope | null;
  readonly before: Work[];
  readonly after: Work[];
  readonly beforeEach: Work[];
  readonly afterEach: Work[];
  readonly entries: (Scope | Work | Promise<void>)[];
}

const scope = (parent: Scope | null): Scope => ({
  parent,
  before: [],
  after: [],
  beforeEach: [],
  afterEach: [],
  entries: [],
});

let current = scope(null);

/** Begins a file anew. */
export function begin(): void {
  current = scope(null);
}

/** Runs what the file has registered; rejects with what the first failing test throws. */
export async function runAll(): Promise<void> {
  await runScope(current);
}

async function runScope(own: Scope): Promise<void> {
  try {
    for (const work of own.before) await work();
    for (const entry of own.entries) {
      if (entry instanceof Promise) await entry;
      else if (typeof entry === "function") await runTest(own, entry);
      else await runScope(entry);
    }
  } finally {
    for (const work of own.after) await work();
  }
}

async function runTest(own: Scope, test: Work): Promise<void> {
  const scopes: Scope[] = [];
  for (let at: Scope | null = own; at !== null; at = at.parent) scopes.unshift(at);
  try {
    for (const { beforeEach } of scopes) for (const work of beforeEach) await work();
    await test();
  } finally {
    for (const { afterEach } of scopes.reverse()) for (const work of afterEach) await work();
  }
}

function workIn(rest: readonly unknown[]): Work {
  const work = rest.find((one): one is Work => typeof one === "function");
  if (work === undefined) throw new Error("a test without a function");
  return work;
}

type Register = (name: unknown, ...rest: readonly unknown[]) => void;

function addTest(_name: unknown, ...rest: readonly unknown[]): void {
  const work = workIn(rest);
  // A test that takes its context fails here, and needs the real runner.
  current.entries.push(() => work());
}

function addGroup(_name: unknown, ...rest: readonly unknown[]): void {
  const outer = current;
  const inner = scope(outer);
  outer.entries.push(inner);
  current = inner;
  const ended = workIn(rest)();
  current = outer;
  if (ended instanceof Promise) throw new Error("a group that takes time");
}

function forms(register: Register) {
  const each =
    (table: readonly unknown[]) =>
    (name: unknown, ...rest: readonly unknown[]): void => {
      const work = workIn(rest);
      // Where one row is no list, a list is one argument as well.
      const rows = table.every(Array.isArray) ? table : table.map((row) => [row]);
      for (const row of rows) register(name, () => work(...(row as readonly unknown[])));
    };
  return Object.assign(register.bind(null), { each });
}

/** Tests or groups of tests: plain, of a table, skipped. */
function allForms(register: Register) {
  const own = forms(register);
  const skip = forms(() => undefined);
  return Object.assign(own, {
    skip,
    todo: skip,
    skipIf: (condition: unknown) => (condition ? skip : own),
    runIf: (condition: unknown) => (condition ? own : skip),
  });
}

export const it: unknown = allForms(addTest);
export const test: unknown = it;
export const describe: unknown = allForms(addGroup);
export const beforeAll = (work: Work): unknown => current.before.push(work);
export const afterAll = (work: Work): unknown => current.after.unshift(work);
export const beforeEach = (work: Work): unknown => current.beforeEach.push(work);
export const afterEach = (work: Work): unknown => current.afterEach.unshift(work);
