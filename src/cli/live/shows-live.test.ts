import { describe, expect, it } from "vitest";
import { showsLive } from "./shows-live.ts";

describe("showsLive", () => {
  it.each([
    [{ TERM: "xterm" }, true, false, true],
    [{ TERM: "xterm", CI: "false", NO_COLOR: "" }, true, false, true],
    [{ TERM: "xterm" }, false, false, false],
    [{ TERM: "xterm" }, true, true, false],
    [{ TERM: "dumb" }, true, false, false],
    [{}, true, false, false],
    [{ TERM: "xterm", CI: "true" }, true, false, false],
    [{ TERM: "xterm", NO_COLOR: "1" }, true, false, false],
  ])("with %j, terminal %s, quiet %s: %s", (environment, isTerminal, quiet, shown) => {
    expect(showsLive({ environment, isTerminal, quiet })).toBe(shown);
  });
});
