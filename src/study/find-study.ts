import { AttuneError } from "../errors.ts";
import { nearestWord } from "../space/index.ts";
import type { Storage, StudySummary } from "../storage/storage.ts";

/** The living study of that name; AttuneError `unknown-study` naming the nearest there is. */
export async function findStudy(storage: Storage, name: string): Promise<StudySummary> {
  const found = await storage.findStudy(name);
  if (found !== null) return found;
  const names = (await storage.listStudies()).map((study) => study.name);
  const near = nearestWord(name, names);
  const hint = near === null ? "" : ` Did you mean "${near}"?`;
  const there = names.length === 0 ? "It holds no study yet." : `It holds: ${names.join(", ")}.${hint}`;
  throw new AttuneError("unknown-study", `There is no study "${name}" in ${storage.location}. ${there}`, {
    data: { name, names },
  });
}
