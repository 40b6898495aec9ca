import { expect, it } from "vitest";
import { choice, createStudy, defineSpace } from "../index.ts";

const space = defineSpace({ x: choice([1, 2, 3, 4, 5, 6]), y: choice(["a", "b"]) });

it("runs each cell of a grid once, whether it was enqueued before or while the grid is gone through", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "grid", storage: ":memory:" });
  await study.enqueue({ x: 3, y: "b" });
  await study.enqueue({ x: 1, y: "a" });
  await study.optimize(
    async ({ params }) => {
      if (params.x === 2 && params.y === "a") await study.enqueue({ x: 6, y: "a" });
      return Number(params.x);
    },
    { workers: 3 },
  );
  const cells = study.trials().map(({ params }) => `${params.x}${params.y}`);
  expect(cells.toSorted()).toEqual([1, 2, 3, 4, 5, 6].flatMap((x) => [`${x}a`, `${x}b`]));
  await study.close();
});
