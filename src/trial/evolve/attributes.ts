/** Attributes of a study or a trial: opaque JSON text by key. */
export type Attributes = Readonly<Record<string, string>>;

export const NO_ATTRIBUTES: Attributes = Object.freeze({});

/** The attributes with one more, or another text: the same object unless others have seen it, so that a thousand cost no copy each. */
export function withAttribute(attributes: Attributes, key: string, text: string): Attributes {
  const own = Object.isExtensible(attributes) ? attributes : { ...attributes };
  // Not an assignment, which of "__proto__" would make no attribute.
  Object.defineProperty(own, key, { value: text, enumerable: true, configurable: true, writable: true });
  return own;
}

/** The attributes as others may keep them: whatever is set from now on goes into another object. */
export function seenAttributes(attributes: Attributes): Attributes {
  return Object.isExtensible(attributes) ? Object.freeze(attributes) : attributes;
}
