/**
 * The fields of a kind, small enough for a browser. A text is a scalar: `s`
 * string, `i` whole number, `n` number, `b` boolean, `q` number or string, `*`
 * anything; `@3` is the shared shape number 3. A list of one is a list of
 * that. In a record a name with `!` must be there; the only name `*` makes it
 * a map.
 */
export type Shape = string | [Shape] | { [field: string]: Shape };

/** Shapes by `group/Kind`, and those that several places share. */
export interface Shapes {
  kinds: Record<string, Shape>;
  shared: Shape[];
}
