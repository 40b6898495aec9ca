import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** The bytes in less room, as the file keeps them (RFC 8878). */
export function compress(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes);
}

/** What {@link compress} was given. SyntaxError for bytes that it did not make: a damaged file. */
export function decompress(bytes: Uint8Array): Uint8Array {
  try {
    return zstdDecompressSync(bytes);
  } catch (error) {
    throw new SyntaxError("compressed bytes that cannot be read", { cause: error });
  }
}
