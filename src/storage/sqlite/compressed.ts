import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** Bytes that are decompressed in one piece at least; memory that is not written to is not taken. */
const PIECE = 262_144;
/** And so many times the compressed ones: with more they are put together of pieces. */
const GROWTH = 8;

/** The bytes in less room, as the file keeps them (RFC 8878). */
export function compress(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes);
}

/** What {@link compress} was given. SyntaxError for bytes that it did not make: a damaged file. */
export function decompress(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  try {
    return zstdDecompressSync(bytes, { chunkSize: Math.max(PIECE, GROWTH * bytes.length) });
  } catch (error) {
    throw new SyntaxError("compressed bytes that cannot be read", { cause: error });
  }
}

/**
 * The same in memory that is handed to another thread without a copy. The compressed bytes are given up: what is read one after another
 * of a large file would stay as garbage for long, since it lies outside of the heap by whose growth garbage is collected.
 */
export function decompressShared(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  const plain = decompress(bytes);
  const shared = new Uint8Array(new SharedArrayBuffer(plain.length));
  shared.set(plain);
  for (const { buffer } of [bytes, plain]) buffer.transfer(0);
  return shared;
}
