/** Members by key, to which more come one at a time. */
export type Members<T> = Readonly<Record<string, T>>;

export const NO_MEMBERS: Members<never> = Object.freeze({});

/** The members with one more, or another value: the same object unless others have seen it, so that a thousand cost no copy each. */
export function withMember<T>(members: Members<T>, key: string, value: T): Members<T> {
  const own = Object.isExtensible(members) ? members : { ...members };
  // Not an assignment, which of "__proto__" would make no member.
  Object.defineProperty(own, key, { value, enumerable: true, configurable: true, writable: true });
  return own;
}

/** The members as others may keep them: what comes from now on goes into another object. */
export function seenMembers<T>(members: Members<T>): Members<T> {
  return Object.isExtensible(members) ? Object.freeze(members) : members;
}
