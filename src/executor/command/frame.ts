/** What a frame says: from the tuner down to `look`, from its launcher after that. */
export const FRAME_KINDS = [
  "environment",
  "guardian",
  "start",
  "pause",
  "resume",
  "abandon",
  "look",
  "started",
  "failed",
  "stdout",
  "stderr",
  "exited",
  "closed",
  "looked",
  "left",
] as const;

export type FrameKind = (typeof FRAME_KINDS)[number];

/** Kind (1 byte), number of the program (4 bytes), length of the body (4 bytes), little-endian. */
export const FRAME_HEADER = 9;

const EMPTY = Buffer.alloc(0);

/** One message between a tuner and its launcher; `program` is 0 where none is meant, for `left` the number of a control group. */
export function encodeFrame(kind: FrameKind, program: number, body: Buffer | string = EMPTY): Buffer {
  const length = Buffer.byteLength(body);
  const frame = Buffer.allocUnsafe(FRAME_HEADER + length);
  frame[0] = FRAME_KINDS.indexOf(kind);
  frame.writeUInt32LE(program, 1);
  frame.writeUInt32LE(length, 5);
  if (typeof body === "string") frame.write(body, FRAME_HEADER);
  else body.copy(frame, FRAME_HEADER);
  return frame;
}
