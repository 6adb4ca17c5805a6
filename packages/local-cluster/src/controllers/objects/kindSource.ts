/** One kind of object that the API server serves. */
export interface ServedKindName {
  group: string;
  resource: string;
  kind: string;
  namespaced: boolean;
}

/** The kinds that are served now; CRDs add and remove some. */
export interface KindSource {
  all(): readonly ServedKindName[];
  /** Calls back with a kind that was added, changed or removed. */
  onChange(notify: (kind: ServedKindName) => void): () => void;
}
