import { AttuneError } from "../../src/errors.ts";
import type { FidelitySuite } from "./fidelity-task.ts";
import { smokeSuite } from "./smoke.ts";
import { yahpoFidelitySuite } from "./yahpo.ts";

const SUITES: Readonly<Record<string, () => FidelitySuite>> = {
  "yahpo-dev": () => yahpoFidelitySuite("dev"),
  "yahpo-official": () => yahpoFidelitySuite("official"),
  "yahpo-fresh": () => yahpoFidelitySuite("fresh"),
  smoke: smokeSuite,
};

/** The suite of that name. Throws AttuneError `invalid-argument`. */
export function fidelitySuite(name: string): FidelitySuite {
  if (Object.hasOwn(SUITES, name)) return SUITES[name]!();
  const known = Object.keys(SUITES).join(", ");
  throw new AttuneError("invalid-argument", `--suite: there is no suite ${name}; there are: ${known}`);
}
