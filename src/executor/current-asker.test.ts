import { hostname, userInfo } from "node:os";
import { expect, it } from "vitest";
import { currentAsker } from "./current-asker.ts";
import { currentProcess } from "./process-identity.ts";

it("tells the user, the host and the machine of this process", () => {
  const machine = currentProcess().boot.split(":")[0];
  expect(currentAsker()).toEqual({ user: userInfo().username, host: hostname(), machine });
});
