import { constants } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** The file that a program's name stands for: itself when it is a path, else found on the PATH; null when there is none. */
export async function findExecutable(name: string, path: string = process.env.PATH ?? ""): Promise<string | null> {
  if (name.includes("/")) return (await isFile(name)) ? name : null;
  for (const folder of path.split(delimiter).filter((folder) => folder !== "")) {
    const file = join(folder, name);
    if (!(await isFile(file))) continue;
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return null;
}

/** Whether a path names a file. */
export async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The first bytes of a file as text, enough for its `#!` line; empty when it cannot be read. */
export async function headOf(path: string, bytes = 4096): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return "";
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
