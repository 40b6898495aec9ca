import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { sampleUniform } from "../../space/sample-uniform.ts";
import type { HistoryView, PendingTrial } from "../../trial/history-view.ts";
import type { SamplerEntry } from "../registry.ts";
import type { Suggestion } from "../sampler.ts";

const bytes = new DataView(new ArrayBuffer(8));

/** Every visible number of a view, folded into 32 bits; any change of any of them changes it. */
export function hashView(view: HistoryView): number {
  let hash = 0x811c9dc5;
  const add = (value: number): void => {
    bytes.setFloat64(0, Number.isNaN(value) ? Number.NaN : value);
    for (const word of [bytes.getInt32(0), bytes.getInt32(4)])
      hash = Math.imul(hash ^ word ^ (hash >>> 15), 0x01000193);
  };
  const addText = (text: string): void => {
    for (const character of text) add(character.codePointAt(0)!);
  };
  add(view.revision);
  const { values, params, trial, configuration, replicate, seed, fold, ...more } = view.columns;
  const { segment, state, outcome, revision, step, reports } = more;
  const named = [values, params].map((record) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const row of view.rows) {
    for (const column of [
      trial,
      configuration,
      replicate,
      seed,
      fold,
      segment,
      state,
      outcome,
      revision,
      step,
      reports,
    ])
      add(column[row]!);
    for (const [name, column] of named.flat()) {
      addText(name);
      add(column[row]!);
    }
  }
  for (const number of view.paused) add(number);
  for (const { number, params: own } of view.pending) {
    add(number);
    addText(JSON.stringify(Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1))));
  }
  return hash >>> 0;
}

/** For tests of replay and storage: its suggestions depend on everything a view shows, so that nothing can differ unseen. */
export const HASH_VIEW: SamplerEntry = {
  name: "hash-view",
  create: () => ({
    name: "hash-view",
    needsView: true,
    suggest: (view, request, count) => {
      const suggestions: Suggestion[] = [];
      const earlier: PendingTrial[] = [];
      for (let number = request.number; number < request.number + count; number++) {
        const hash = hashView(view.withPending(earlier));
        const params = sampleUniform(request.space, keyedStreams(request.seed, number, hash));
        suggestions.push({ params });
        earlier.push({ number, params });
      }
      return suggestions;
    },
  }),
};
