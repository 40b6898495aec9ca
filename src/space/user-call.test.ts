import { describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { userCall, userCalls } from "./user-call.ts";

const mistake = () => new AttuneError("invalid-argument", "That is none.");

function deep(error: () => Error): never {
  throw error();
}

function called(error: () => Error): unknown {
  return userCall(called, () => deep(error));
}

async function calledLater(error: () => Error): Promise<unknown> {
  return await userCall(calledLater, async () => {
    await Promise.resolve();
    return deep(error);
  });
}

const thrownBy = (work: () => unknown): Error => {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
};

describe("userCall", () => {
  it("gives back what the work gives, at once or later", async () => {
    expect(userCall(called, () => 3)).toBe(3);
    await expect(userCall(called, () => Promise.resolve(4))).resolves.toBe(4);
  });

  it("shows of a user's mistake the user's own places alone", async () => {
    const here = thrownBy(function user() {
      called(mistake);
    });
    expect(here).toBeInstanceOf(AttuneError);
    expect(here.stack).toMatch(/^AttuneError: That is none\.\n/);
    expect(here.stack).not.toMatch(/deep|called/);
    expect(here.stack).toMatch(/at user/);
    const later: Error = await calledLater(mistake).then(
      () => new Error("nothing was thrown"),
      (error: unknown) => error as Error,
    );
    expect(later.message).toBe("That is none.");
    expect(later.stack).toMatch(/^AttuneError: That is none\.\n {4}at /);
    expect(later.stack).not.toMatch(/deep/);
  });

  it("keeps the stack of a fault of its own, and of errors that are not Attune's", () => {
    for (const fault of [() => new AttuneError("internal", "Broken."), () => new TypeError("x")])
      expect(thrownBy(() => called(fault)).stack).toMatch(/deep/);
  });

  it("shows who awaits it, together with others too, and no place of ours where nobody does", async () => {
    async function user(work: () => Promise<unknown>): Promise<Error> {
      try {
        await work();
      } catch (error) {
        return error as Error;
      }
      throw new Error("nothing was thrown");
    }
    for (const work of [
      () => calledLater(mistake),
      () => calledLater(mistake).then(() => 1),
      () => Promise.all([calledLater(mistake)]),
    ])
      expect((await user(work)).stack).toMatch(
        /^AttuneError: That is none\.\n(?!.*deep)( {4}at .*\n)* {4}at (async )?user /,
      );
    const told = Promise.withResolvers<Error>();
    calledLater(mistake).catch(told.resolve);
    expect((await told.promise).stack).not.toMatch(/deep|user-call\.ts/);
  });
});

describe("userCalls", () => {
  class Study {
    readonly #trials = 3;
    get size(): number {
      return this.#trials;
    }
    trials(factor: number): number {
      return this.#trials * factor;
    }
    ask(): never {
      return deep(mistake);
    }
  }
  userCalls(Study);

  it("has every method go by it, with its name, its arguments and its object", () => {
    const study = new Study();
    expect(study.trials(2)).toBe(6);
    expect(study.size).toBe(3);
    expect(study.trials.name).toBe("trials");
    expect(study.constructor).toBe(Study);
    expect(Object.keys(Study.prototype)).toEqual([]);
    expect(thrownBy(() => study.ask()).stack).not.toMatch(/deep/);
  });
});
