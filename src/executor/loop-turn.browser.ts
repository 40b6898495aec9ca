/** Resolves in the event loop's next turn, by a message to itself: a page's timers wait for 4 ms. */
export function loopTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
