import { useCallback, useState } from "react";

export interface Action {
  readonly act: (work: () => Promise<unknown>) => void;
  readonly busy: boolean;
  readonly error: Error | null;
}

/** Does something once, and says what came of it. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const act = useCallback((work: () => Promise<unknown>): void => {
    setBusy(true);
    setError(null);
    work()
      .catch((thrown: unknown) => setError(thrown instanceof Error ? thrown : new Error(String(thrown))))
      .finally(() => setBusy(false));
  }, []);
  return { act, busy, error };
}
