import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeFrame, FRAME_KINDS } from "./frame.ts";
import { FrameReader } from "./frame-reader.ts";

it("puts every frame together again, however the bytes are cut", () => {
  const frame = fc.record({
    kind: fc.constantFrom(...FRAME_KINDS),
    program: fc.nat({ max: 2 ** 32 - 1 }),
    body: fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.string({ unit: "grapheme", maxLength: 100 }),
    ),
  });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 8 }), fc.array(fc.nat({ max: 2_500 })), (frames, cuts) => {
      const bytes = Buffer.concat(frames.map(({ kind, program, body }) => encodeFrame(kind, program, body)));
      const read: unknown[] = [];
      const reader = new FrameReader((kind, program, body) => read.push({ kind, program, body: Buffer.from(body) }));
      let at = 0;
      for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
        const end = Math.min(cut, bytes.length);
        reader.push(bytes.subarray(at, end));
        at = end;
      }
      expect(read).toEqual(frames.map((sent) => ({ ...sent, body: Buffer.from(sent.body as string) })));
    }),
  );
});
