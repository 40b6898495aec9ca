import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { loopTurn } from "../../executor/loop-turn.ts";
import { Answers } from "./answers.ts";
import { jsonReply } from "./reply.ts";

/** Requests that came to a server, which answers none of them, and what their senders get: the body, or null where the connection ends. */
async function asked(count: number) {
  const all = Promise.withResolvers<void>();
  const exchanges: (readonly [IncomingMessage, ServerResponse])[] = [];
  const server = createServer((incoming, outgoing) => {
    exchanges.push([incoming, outgoing]);
    if (exchanges.length === count) all.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const ask = async (): Promise<string | null> =>
    await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: "close" } })
      .then((answer) => answer.text())
      .catch(() => null);
  const got = Promise.all(Array.from({ length: count }, ask));
  await all.promise;
  return { exchanges, got };
}

it("sends what is given in one turn of the loop together, in the next one, and what comes later after it", async () => {
  const { exchanges, got } = await asked(3);
  const order: number[] = [];
  for (const [place, [, outgoing]] of exchanges.entries()) {
    const end = outgoing.end.bind(outgoing) as (body: string) => ServerResponse;
    outgoing.end = ((body: string) => {
      order.push(place);
      return end(body);
    }) as never;
  }
  const answers = new Answers(() => expect.unreachable());
  const give = (place: number) => answers.give(...exchanges[place]!, jsonReply({ place: "any" }));
  give(1);
  await Promise.resolve();
  give(0);
  expect(order).toEqual([]);
  await loopTurn();
  expect(order).toEqual([1, 0]);
  give(2);
  expect(order).toEqual([1, 0]);
  expect(await got).toEqual(Array.from({ length: 3 }, () => '{"place":"any"}'));
});

it("closes the connection of one that cannot be sent, tells why, and sends the others", async () => {
  const { exchanges, got } = await asked(2);
  const faults: unknown[] = [];
  const answers = new Answers((error) => faults.push(error));
  answers.give(...exchanges[0]!, { status: 200, headers: ["x-bad", "two\nlines"], body: "never" });
  answers.give(...exchanges[1]!, jsonReply("sent"));
  const told = await got;
  expect(told.toSorted()).toEqual(['"sent"', null]);
  expect(faults).toHaveLength(1);
});
