import { expect, it } from "vitest";
import { loopTurn } from "../../executor/loop-turn.ts";
import { type GroupedBy, MessageGroup, type Together } from "./message-group.ts";

interface Message {
  readonly says: number;
}

function group(by?: GroupedBy) {
  const posted: (readonly number[])[] = [];
  const refused: [number, string][] = [];
  const messages = new MessageGroup<Message>(
    (together: Together<Message>) => {
      const all = MessageGroup.apart(together).map(({ says }) => says);
      const bad = all.find((says) => says < 0);
      if (bad !== undefined) throw new Error(`${bad} cannot be sent`);
      posted.push(all);
    },
    ({ says }, error) => refused.push([says, (error as Error).message]),
    by,
  );
  const add = (...all: readonly number[]) => {
    for (const says of all) messages.add({ says });
  };
  return { add, flush: () => messages.flush(), posted, refused };
}

const round = (): Promise<null> => Promise.resolve(null);

it("sends together what comes in one round of promises, and the next by itself", async () => {
  const { add, posted } = group();
  const together = Promise.resolve();
  for (const says of [1, 2, 3]) void together.then(() => add(says));
  for (let k = 0; k < 3; k++) await round();
  add(4);
  expect(posted).toEqual([[1, 2, 3]]);
  await round();
  expect(posted).toEqual([[1, 2, 3], [4]]);
});

it("sends together what comes in one turn of the event loop, where it is told to, and the next by itself", async () => {
  const { add, posted } = group("turn");
  for (const says of [1, 2, 3]) {
    add(says);
    await round();
  }
  expect(posted).toEqual([]);
  await loopTurn();
  add(4);
  expect(posted).toEqual([[1, 2, 3]]);
  await loopTurn();
  expect(posted).toEqual([[1, 2, 3], [4]]);
});

it("sends at once what is held when it is told to, once and in order", async () => {
  const { add, flush, posted } = group();
  flush();
  add(1, 2);
  flush();
  expect(posted).toEqual([[1, 2]]);
  add(3);
  await round();
  expect(posted).toEqual([[1, 2], [3]]);
});

it("sends the others where one cannot be sent, in their order, and says which and why", async () => {
  const { add, flush, posted, refused } = group();
  add(1, -2, 3);
  await round();
  add(-4);
  flush();
  add(5);
  await round();
  expect(posted).toEqual([[1], [3], [5]]);
  expect(refused).toEqual([
    [-2, "-2 cannot be sent"],
    [-4, "-4 cannot be sent"],
  ]);
});
