import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { descendantsOf } from "../support/processes.ts";
import { type Problem, problem } from "./problem.ts";
import type { Tuner } from "./tuner.ts";

const TICK_MS = 100;
/** Ms without a sign that are no standstill yet. */
export const PATIENCE_MS = 5_000;
/** A terminal that takes nothing is waited for this much longer at the end (docs/guide/running-safely.md). */
const DEAF_MS = 6_000;
/** From here on it is worth asking whether the machine let the tuner do anything at all. */
const SUSPECT_MS = 500;
/** Sentences that say what is waited for: behind one of them the tuner may be silent until that has come. */
const WORDS =
  /is locked by|holds the lock|nothing is left to begin|waits? for|waiting for|waited for|no room|disk of|no new trials?|running ones have|time is up|ending running trials/;

interface Silence {
  readonly tuner: Tuner;
  ms: number;
  /** What the kernel counted for each thread at the last look. */
  waits: ReadonlyMap<string, number>;
  printedAt: number;
  /** What it said last tells what it waits for. */
  told: boolean;
  reported: boolean;
}

/**
 * Looks whether tuners do nothing and say nothing while they could. A sign is a line that the tuner prints and a line that one of its
 * programs writes down. Time counts for a tuner while it runs (not while the campaign has stopped it), as far as this process itself was
 * let run: a tick that came late counts as one; and less what the kernel says a thread of the tuner, its launcher or its programs waited for a processor.
 */
export class StandstillWatch {
  readonly problems: Problem[] = [];
  readonly #journal: string;
  readonly #silences = new Map<Tuner, Silence>();
  readonly #tuners: readonly Tuner[];
  #timer: NodeJS.Timeout | null = null;
  #last = performance.now();
  #read = 0;

  /** `tuners` may grow while it looks. */
  constructor(journal: string, tuners: readonly Tuner[]) {
    this.#journal = journal;
    this.#tuners = tuners;
  }

  begin(): void {
    this.#last = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  end(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Something that kept tuners waiting is over: what they said about it excuses them no longer. */
  lifted(): void {
    for (const silence of this.#silences.values()) if (silence.told) Object.assign(silence, { ms: 0, told: false });
  }

  #tick(): void {
    const now = performance.now();
    const passed = Math.min(now - this.#last, 2 * TICK_MS);
    this.#last = now;
    const signs = this.#newSigns();
    for (const tuner of this.#tuners) {
      if (tuner.ended !== null) continue;
      const silence = this.#silenceOf(tuner);
      if (signs.has(tuner.place) || tuner.stopped) Object.assign(silence, { ms: 0, told: false });
      else this.#count(silence, passed);
    }
  }

  #silenceOf(tuner: Tuner): Silence {
    const known = this.#silences.get(tuner);
    if (known !== undefined) return known;
    const silence = {
      tuner,
      ms: 0,
      waits: new Map<string, number>(),
      printedAt: tuner.printedAt,
      told: false,
      reported: false,
    };
    this.#silences.set(tuner, silence);
    return silence;
  }

  #count(silence: Silence, passed: number): void {
    const { tuner } = silence;
    if (tuner.printedAt !== silence.printedAt) {
      const lines = tuner.output.trimEnd().split("\n").slice(-2).join("\n");
      Object.assign(silence, { printedAt: tuner.printedAt, ms: 0, told: WORDS.test(lines) });
      return;
    }
    const starved = silence.ms + passed > SUSPECT_MS ? this.#starved(silence) : 0;
    silence.ms += Math.max(0, passed - starved);
    const patience = PATIENCE_MS + (tuner.deaf ? DEAF_MS : 0);
    if (silence.ms <= patience || silence.told || silence.reported) return;
    silence.reported = true;
    const said = tuner.output.trimEnd().split("\n").slice(-3).join(" / ");
    this.problems.push(
      problem(
        "standstill",
        `tuner ${tuner.place} (${tuner.pid}) did and said nothing for ${patience} ms after: ${said}`,
      ),
    );
  }

  /** Ms since the last look in which a thread that somebody waits for may have waited for a processor: the most of any one. */
  #starved(silence: Silence): number {
    const before = silence.waits;
    silence.waits = waitsOf(silence.tuner);
    if (before.size === 0) return 0;
    return Math.max(0, ...[...silence.waits].map(([thread, wait]) => wait - (before.get(thread) ?? 0)));
  }

  /** Places of the tuners whose programs wrote something down since the last look. */
  #newSigns(): ReadonlySet<number> {
    if (!existsSync(this.#journal)) return new Set();
    const file = openSync(this.#journal, "r");
    try {
      const { size } = fstatSync(file);
      const bytes = Buffer.alloc(size - this.#read);
      readSync(file, bytes, 0, bytes.length, this.#read);
      const whole = bytes.lastIndexOf("\n") + 1;
      this.#read += whole;
      const lines = bytes.toString("utf8", 0, whole).split("\n").slice(0, -1);
      return new Set(lines.map((line) => Number(line.split(" ")[2])));
    } finally {
      closeSync(file);
    }
  }
}

/** Ms that each thread of a tuner, of its launcher and of its programs has been ready to run so far and had no processor. */
function waitsOf(tuner: Tuner): ReadonlyMap<string, number> {
  return new Map([tuner.pid, ...descendantsOf(tuner.pid)].flatMap(waitsOfProcess));
}

function waitsOfProcess(pid: number): readonly (readonly [string, number])[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => {
      const [, wait] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ");
      return [thread, Number(wait) / 1e6] as const;
    });
  } catch (error) {
    // It ended meanwhile.
    if (error instanceof Error && "code" in error) return [];
    throw error;
  }
}
