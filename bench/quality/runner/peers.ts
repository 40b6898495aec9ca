import path from "node:path";

/** The words that start a peer. */
export type PeerCommand = readonly string[];

const folder = path.join(import.meta.dirname, "..", "..");

/** The command of a script in `bench/peers` under one of the environments that `bench/setup-peers.sh` makes. */
export function peerScript(environment: string, file: string, ...words: readonly string[]): PeerCommand {
  return [path.join(folder, environment, "bin", "python"), path.join(folder, "peers", file), ...words];
}

const optuna = (sampler: string) => peerScript(".venv", "optuna_peer.py", sampler);

/** Peers by the names that they have in `data/peers-yahpo.jsonl`, as far as they are there. */
export const PEERS: Readonly<Record<string, PeerCommand>> = {
  "optuna-random": optuna("random"),
  "optuna-tpe": optuna("tpe"),
  "optuna-tpe-group": optuna("tpe-group"),
  "optuna-gp": optuna("gp"),
  "optuna-cmaes": optuna("cmaes"),
  smac3: peerScript(".venv-smac3", "smac_peer.py"),
  ax: peerScript(".venv-ax", "ax_peer.py"),
  hebo: peerScript(".venv-hebo", "hebo_peer.py"),
  "rustuna-tpe": peerScript(".venv-rustuna", "rustuna_peer.py"),
};
