import { chai } from "vitest";

// `toThrow(/text/)` is content with `throw undefined`, which is what code throws whose error was never made.
chai.util.overwriteMethod(
  chai.Assertion.prototype,
  "throws",
  (check: (...args: unknown[]) => unknown) =>
    function (this: Chai.AssertionStatic, ...args: unknown[]): unknown {
      const given: unknown = chai.util.flag(this, "object");
      let isNothing = chai.util.flag(this, "promise") === "rejects" && (given === undefined || given === null);
      if (typeof given === "function")
        chai.util.flag(this, "object", () => {
          try {
            return given();
          } catch (error) {
            isNothing = error === undefined || error === null;
            throw error;
          }
        });
      const checked = check.apply(this, args);
      if (isNothing) throw new chai.AssertionError("expected an error to be thrown, but undefined or null was");
      return checked;
    },
);
