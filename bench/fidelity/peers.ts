import { peerScript } from "../quality/runner/peers.ts";

const optuna = (pruner: string) => peerScript(".venv", "optuna_fidelity_peer.py", pruner);

/** Peers that stop or promote, by the names of their methods. */
export const FIDELITY_PEERS: Readonly<Record<string, readonly string[]>> = {
  "optuna-tpe-group": optuna("none"),
  "optuna-tpe-group-median": optuna("median"),
  "optuna-tpe-group-hyperband": optuna("hyperband"),
  "smac3-mf": peerScript(".venv-smac3", "smac_fidelity_peer.py"),
  dehb: peerScript(".venv-dehb", "dehb_peer.py"),
};
