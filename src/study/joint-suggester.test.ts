import { expect, it } from "vitest";
import { registerSampler } from "../sampler/registry.ts";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { JointSuggester } from "./joint-suggester.ts";
import { StudyProjection } from "./study-projection.ts";

it("prepares from the newest history for the number that comes next", async () => {
  const prepared: (readonly number[])[] = [];
  registerSampler({
    name: "prepared",
    create: () => ({
      name: "prepared",
      needsView: true,
      suggest: (_view, _request, count) => Array.from({ length: count }, () => ({ params: { x: 0.5 } })),
      prepare: (view, { number, index }) => {
        prepared.push([view.rows.length, view.pending.length, number, index]);
      },
    }),
  });
  const storage = await openStorage(":memory:");
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "prepared",
    storage,
  });
  const known = new StudyProjection();
  const suggester = new JointSuggester(known);
  const follow = async (): Promise<void> => {
    known.apply(await storage.read(study.id, known.revision));
    suggester.prepare();
  };
  await study.enqueue({ x: 0.1 });
  await follow();
  const first = await study.ask();
  const second = await study.ask();
  await study.tell(first, 1);
  await follow();
  await study.tell(second, 2);
  await follow();
  expect(prepared).toEqual([
    [0, 1, 1, 0],
    [1, 1, 2, 1],
    [2, 0, 2, 1],
  ]);
  expect(suggester.suggest({ number: 2, index: 1, view: known.revision }, 1, {})).toMatchObject([
    { params: { x: 0.5 } },
  ]);
  await storage.close();
});
