/** Any value that JSON can write; a parameter's values are such. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One configuration: parameter name to value. Inactive parameters are left out. */
export type Params = Readonly<Record<string, JsonValue>>;
