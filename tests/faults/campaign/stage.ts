import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Ended, Scene, type Started } from "../support/scene.ts";
import { mountSmallDisk, unmountDisk } from "../support/small-disk.ts";
import { Tuner } from "./tuner.ts";

const PROGRAM = path.join(import.meta.dirname, "program.sh");
/** Seconds that a trial may take, and that what is asked to end gets. */
const TRIAL_LIMIT = 3;
const GRACE = 0.5;
const SMALL = "size=48m,nr_inodes=6000";

export interface StageOptions {
  /** Folder of the build that is put to the test (`buildCommandLine`). */
  readonly build: string;
  /** Under `asha`, over programs that report nine steps, so that trials pause; default: each runs to its end. */
  readonly pausing?: boolean;
}

export interface TunerOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Words put before the tuner. */
  readonly before?: readonly string[];
  /** Working folder; default: that of the stage. */
  readonly cwd?: string;
}

/** One storage on a small disk of its own where that can be had, and everything that works on it. */
export class Stage {
  readonly scene = new Scene();
  /** What only the campaign knows: the journal of the programs, and orders for them. */
  readonly journal = path.join(this.scene.folder, "journal");
  readonly orders = path.join(this.scene.folder, "orders");
  readonly temporary = path.join(this.scene.folder, "tmp");
  readonly disk = path.join(this.scene.folder, "disk");
  readonly work = path.join(this.disk, "work");
  readonly tuners: Tuner[] = [];
  /** Whether the disk is one of its own, which may be filled. */
  readonly ownDisk: boolean;
  readonly #build: string;
  readonly #pausing: boolean;
  #orders = 0;

  constructor({ build, pausing = false }: StageOptions) {
    this.#build = build;
    this.#pausing = pausing;
    for (const folder of [this.orders, `${this.orders}.taken`, this.temporary, this.disk]) mkdirSync(folder);
    this.ownDisk = mountSmallDisk(this.disk, SMALL);
    mkdirSync(this.work);
    this.scene.storage = path.join(this.disk, "attune.db");
  }

  get storage(): string {
    return this.scene.storage;
  }

  /** Starts `attune run` until the study has so many trials. */
  tune(trials: number, workers: number, { environment = {}, before = [], cwd = this.work }: TunerOptions = {}): Tuner {
    const place = this.tuners.length;
    const words = [
      ...["run", "--study", this.scene.study, "--storage", this.storage, "--minimize", "loss", "--sampler", "random"],
      ...["--seed", "7", "--trials", String(trials), "--workers", String(workers), "--keep-going"],
      ...["--trial-timeout", String(TRIAL_LIMIT), "--grace", String(GRACE)],
      ...(this.#pausing ? ["--scheduler", "asha"] : []),
      ...["--metric-file", "results/${trial}.json", "--tensorboard", "results/${trial}"],
      ...["--", "sh", PROGRAM, "{x: 0.0..1.0}", "{ms: 20..600}"],
    ];
    const started = this.#start(words, { environment: { ...environment, FAULTS_TUNER: String(place) }, before, cwd });
    const tuner = new Tuner(place, started);
    this.tuners.push(tuner);
    return tuner;
  }

  /** Runs another command on the study to its end. */
  async attune(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const place = ["--study", this.scene.study, "--storage", this.storage];
    return await this.#start([...words, ...place], { environment, cwd: this.work }).closed;
  }

  /** The next program that begins does so. */
  order(words: string): void {
    this.#orders += 1;
    writeFileSync(path.join(this.orders, String(this.#orders).padStart(6, "0")), `${words}\n`);
  }

  /** Takes orders back that nobody took up; answers how many there were. */
  takeBack(): number {
    const names = readdirSync(this.orders);
    for (const name of names) rmSync(path.join(this.orders, name));
    return names.length;
  }

  #start(words: readonly string[], { environment = {}, before = [], cwd = this.work }: TunerOptions): Started {
    const own = {
      FAULTS_JOURNAL: this.journal,
      FAULTS_ORDERS: this.orders,
      FAULTS_STEPS: this.#pausing ? "9" : "2",
      FAULTS_RESULTS: path.join(cwd, "results"),
      TMPDIR: this.temporary,
      NODE_COMPILE_CACHE: path.join(this.#build, "compiled"),
    };
    return this.scene.start([path.join(this.#build, "dist", "bin", "run.js"), ...words], {
      environment: { ...own, ...environment },
      before,
      cwd,
    });
  }

  async close(): Promise<void> {
    if (this.ownDisk) {
      await this.scene.endAll();
      unmountDisk(this.disk);
    }
    await this.scene.close();
  }
}

/** Removes a folder and makes it again. */
export function renew(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
