import { createStudy, float, int } from "../../../src/index.ts";
import { registerTestMembers } from "./test-members.ts";

/** The study that the driver tunes, with samplers and schedulers that exist only for tests. */
export async function driverStudy(storage: string, name: string, sampler: string, scheduler: string) {
  registerTestMembers();
  const space = { x: float(0, 1), ms: int(5, 40), depth: int(1, 4) };
  return await createStudy({ name, minimize: "loss", storage, space, sampler, scheduler, seed: 7 });
}
