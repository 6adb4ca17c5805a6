/** What a link to the tab is about. */
export interface Address {
  /** `cluster/namespace/name`. */
  rollout?: string;
  /** The id of a request for approval. */
  approval?: string;
}

/** Reads `?rollout=…&approval=…`, as the links of notifications and of the fleet have it. */
export function readAddress({ search }: Pick<Location, 'search'>): Address {
  const query = new URLSearchParams(search);
  return {
    rollout: query.get('rollout') ?? undefined,
    approval: query.get('approval') ?? undefined,
  };
}
