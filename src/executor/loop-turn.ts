/** Resolves in the event loop's next turn: after all promises and messages that are here already. */
export function loopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
