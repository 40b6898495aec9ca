import { readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { FileTail } from "../file-tail.ts";
import type { HasRoom, MetricSource, TakeMetrics } from "../metric-source.ts";
import { EventStream } from "./event-stream.ts";
import type { TensorboardEvent } from "./read-scalars.ts";

interface OpenFile {
  readonly tail: FileTail;
  readonly stream: EventStream;
}

/**
 * TensorBoard event files in a folder and its sub-folders. A metric is asked for by its tag, or by `sub-folder/tag`; a tag that
 * comes from several sub-folders (Keras: `train`, `validation`) is read by the long name alone. Files that were there before
 * the attempt are not read.
 */
export class EventFolder implements MetricSource {
  readonly #folder: string;
  readonly #asked: ReadonlySet<string>;
  readonly #take: TakeMetrics;
  readonly #hasRoom: HasRoom;
  readonly #before: ReadonlySet<string>;
  readonly #files = new Map<string, OpenFile>();
  /** Sub-folder that a tag asked for by itself first came from, or false when there were several. */
  readonly #homes = new Map<string, string | false>();
  readonly #tags = new Set<string>();
  /** Why the folder cannot be looked into at present. */
  #closed: string | null = null;

  constructor(folder: string, asked: readonly string[], take: TakeMetrics, hasRoom: HasRoom) {
    this.#hasRoom = hasRoom;
    this.#folder = folder;
    this.#asked = new Set(asked);
    this.#take = take;
    this.#before = new Set(this.#look());
  }

  get unread(): number {
    const tails = [...this.#files.values()].filter(({ stream }) => !stream.broken).map(({ tail }) => tail.unread);
    return tails.reduce((sum, bytes) => sum + bytes, 0);
  }

  get unreadable(): string | null {
    const problems = [...this.#files.values()].map(({ tail }) => tail.problem);
    return this.#closed ?? problems.find((problem) => problem !== null) ?? null;
  }

  get problem(): string | null {
    if (this.#files.size === 0) return `The program wrote no event file into ${this.#folder}.`;
    if ([...this.#files.values()].some(({ stream }) => stream.broken)) {
      return `An event file in ${this.#folder} is damaged; it was read up to the damage.`;
    }
    return `The tags in ${this.#folder} are: ${[...this.#tags].slice(0, 20).join(", ")}.`;
  }

  poll(): boolean {
    for (const path of this.#look()) if (!this.#before.has(path)) this.#open(path);
    // A file that goes on and on does not keep the others from being read.
    return [...this.#files.values()]
      .map(({ tail, stream }) => stream.broken || tail.read((chunk) => stream.push(chunk), this.#hasRoom))
      .every((all) => all);
  }

  end(): void {
    this.poll();
    for (const { tail } of this.#files.values()) tail.close();
  }

  #look(): readonly string[] {
    try {
      const files = eventFiles(this.#folder);
      this.#closed = null;
      return files;
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      this.#closed = `${this.#folder} could not be looked into (${error.message}).`;
      return [];
    }
  }

  #open(path: string): void {
    if (this.#files.has(path)) return;
    const home = relative(this.#folder, join(path, "..")).split(sep).join("/");
    const stream = new EventStream((event) => this.#onEvent(event, home));
    this.#files.set(path, { tail: new FileTail(path), stream });
  }

  #onEvent({ step, scalars }: TensorboardEvent, home: string): void {
    const values: Record<string, number> = {};
    for (const { tag, value } of scalars) {
      const long = home === "" ? tag : `${home}/${tag}`;
      if (this.#tags.size < 100) this.#tags.add(long);
      if (this.#asked.has(long)) values[long] = value;
      else if (this.#asked.has(tag) && this.#isHome(tag, home)) values[tag] = value;
    }
    if (Object.keys(values).length > 0) this.#take(step, values);
  }

  #isHome(tag: string, home: string): boolean {
    const known = this.#homes.get(tag);
    if (known === undefined) this.#homes.set(tag, home);
    else if (known !== home) this.#homes.set(tag, false);
    return this.#homes.get(tag) === home;
  }
}

function eventFiles(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /(?:^|[\\/])[^\\/]*\.tfevents\.[^\\/]*$/.test(name))
    .map((name) => join(folder, name))
    .sort();
}
