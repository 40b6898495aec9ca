/**
 * What the configuration that `attune best` names is truly worth beside that of the luckiest single run, on noisy studies of random
 * search: `node bench/winner.ts [studies]`.
 */
import { keyedStreams } from "../src/numeric/random/keyed-streams.ts";
import type { RandomStream } from "../src/numeric/random/stream-source.ts";
import { bestTrial, groupReplicates, rankConfigurations } from "../src/objective/index.ts";
import { makeTrial } from "../src/objective/testing/make-trial.testing.ts";
import type { Trial } from "../src/trial/trial.ts";
import { report } from "./support/report.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { wholeNumber } from "./support/whole-number.ts";

const STUDIES = wholeNumber("studies", process.argv[2] ?? "2000", 2);
const METRIC = { name: "loss", direction: "minimize" } as const;
const FRESH = 5;
/** Deviation of one run, where true values are between 0 and 2 and the best twentieth below 0.1. */
const NOISES = [0, 0.05, 0.2, 1];

/** A study whose true values are known. */
class NoisyStudy {
  readonly trials: Trial[] = [];
  readonly truth: number[] = [];
  readonly #noise: number;
  readonly #stream: RandomStream;

  constructor(seed: number, noise: number) {
    this.#noise = noise;
    this.#stream = keyedStreams(seed).stream("winner");
  }

  /** Another configuration, of the squared distance from the optimum in two dimensions, one run. */
  search(count: number): void {
    for (let k = 0; k < count; k += 1) {
      const [x, y] = [this.#stream.float() - 0.3, this.#stream.float() - 0.4];
      this.truth.push(2 * (x * x + y * y));
      this.#run(this.truth.length - 1, this.trials.length, null);
    }
  }

  /** Runs one of the configurations again, as samplers do in small spaces. */
  repeat(count: number): void {
    for (let k = 0; k < count; k += 1) this.#again(this.#stream.int(this.truth.length), null);
  }

  /** What `attune confirm` does with the best two and the first. */
  confirm(): void {
    const chosen = new Set([...this.ranked().slice(0, 2), 0]);
    for (const configuration of chosen)
      for (let index = 1; index <= FRESH; index += 1) this.#again(configuration, index);
  }

  ranked(): readonly number[] {
    const { configurations } = rankConfigurations(groupReplicates(this.trials, [METRIC]), METRIC);
    return configurations.map(({ first }) => Number(first.params.x));
  }

  get luckiest(): number {
    const single = this.trials.filter(({ replicate }) => replicate === null);
    return this.truth[Number(bestTrial(single, METRIC)!.params.x)]!;
  }

  get bestMean(): number {
    const groups = groupReplicates(this.trials, [METRIC]);
    const best = groups.reduce((a, b) => (b.means.loss! < a.means.loss! ? b : a));
    return this.truth[Number(best.first.params.x)]!;
  }

  get named(): number {
    return this.truth[this.ranked()[0]!]!;
  }

  #again(configuration: number, index: number | null): void {
    const first = this.trials.find(({ params }) => params.x === configuration)!;
    this.#run(configuration, first.number, index);
  }

  #run(configuration: number, of: number, index: number | null): void {
    const loss = this.truth[configuration]! + this.#noise * this.#stream.normal();
    const replicate = index === null ? null : { index, seed: index, fold: null };
    const more = { configuration: of, replicate, params: { x: configuration } };
    this.trials.push(makeTrial(this.trials.length, loss, more));
  }
}

const COURSES: Readonly<Record<string, (study: NoisyStudy) => void>> = {
  "40 configurations, 80 repeats": (study) => {
    study.search(40);
    study.repeat(80);
  },
  "100 trials, confirm": (study) => {
    study.search(100);
    study.confirm();
  },
  "100 trials, confirm, 100 more": (study) => {
    study.search(100);
    study.confirm();
    study.search(100);
  },
  "100 trials, confirm, 100 more, confirm": (study) => {
    study.search(100);
    study.confirm();
    study.search(100);
    study.confirm();
  },
};

/** Mean true values over all studies, and how much the luckiest run's is worse than the named one's, with a 95 % interval. */
function measure(course: (study: NoisyStudy) => void, noise: number) {
  let [lucky, mean, named, squares] = [0, 0, 0, 0];
  for (let seed = 0; seed < STUDIES; seed += 1) {
    const study = new NoisyStudy(seed, noise);
    course(study);
    lucky += study.luckiest / STUDIES;
    mean += study.bestMean / STUDIES;
    named += study.named / STUDIES;
    squares += (study.luckiest - study.named) ** 2 / STUDIES;
  }
  const gain = lucky - named;
  return { lucky, mean, named, gain, reach: 1.96 * Math.sqrt((squares - gain * gain) / STUDIES) };
}

await inScratchFolder(async (folder) => {
  const figures = Object.entries(COURSES).flatMap(([name, course]) =>
    NOISES.map((noise) => {
      const { lucky, mean, named, gain, reach } = measure(course, noise);
      const values = `true value of the luckiest ${lucky.toFixed(4)}, best mean ${mean.toFixed(4)}, named ${named.toFixed(4)}`;
      const bounds = { low: gain - reach, high: gain + reach };
      return { name: `${name}, noise ${noise}`, value: gain, unit: "", ...bounds, wanted: { least: 0 }, note: values };
    }),
  );
  report("winner", folder, figures);
});
