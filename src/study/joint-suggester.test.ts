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

it("says of samplers of the package alone from how many trials a thread is worth it, and of no space with functions", async () => {
  registerSampler({
    name: "heavy",
    create: () => ({ name: "heavy", needsView: true, heavy: true, suggest: () => [] }),
  });
  const suggester = async (sampler: string, where: readonly unknown[] = []) => {
    const storage = await openStorage(":memory:");
    const space = { x: float(0, 1), y: float(0, 1) };
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler, storage, where: where as never });
    const known = new StudyProjection();
    known.apply(await storage.read(study.id, 0));
    return new JointSuggester(known);
  };
  const from = async (sampler: string, where?: readonly unknown[]) => (await suggester(sampler, where)).threadFrom;
  const never = Number.POSITIVE_INFINITY;
  expect(await from("random")).toBe(never);
  expect(await from("heavy")).toBe(never);
  const gp = await from("gp");
  expect(gp).toBeGreaterThan(0);
  expect(gp).toBeLessThan(100);
  expect(await from("gp", ["x > y"])).toBe(gp);
  expect(await from("gp", ["x > y", ({ x }: { x: number }) => x > 0.1])).toBe(never);
  const random = await suggester("random");
  expect([random.needsView, random.isOpaque, (await suggester("tpe")).needsView]).toEqual([false, false, true]);
  expect(random.prepare()).toBe(undefined);
});
