import { type RefObject, useEffect, useRef, useState } from "react";

/** Pixels before something comes into sight at which it is made. */
const BEFORE = "400px";

/** Whether something was in sight once. */
export function useSeen<E extends Element>(): readonly [RefObject<E | null>, boolean] {
  const box = useRef<E>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null || isSeen) return;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: BEFORE },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [isSeen]);
  return [box, isSeen];
}
