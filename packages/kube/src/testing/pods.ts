/** A pod as an API server would answer it. */
export function pod(name: string, resourceVersion: string, extra: object = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'demo',
      uid: `uid-${name}`,
      resourceVersion,
      managedFields: [{ manager: 'someone' }],
    },
    ...extra,
  };
}

export const bookmark = (resourceVersion: string) => ({
  type: 'BOOKMARK',
  object: { kind: 'Pod', metadata: { resourceVersion } },
});
