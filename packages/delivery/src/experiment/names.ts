import type { Experiment } from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * Of a template's ReplicaSet: the experiment's name and the template's. Where
 * somebody else holds that name a number is added; the reference tries the
 * same name again for ever.
 */
export function replicaSetName(
  { metadata }: Experiment,
  template: string,
  collisionCount: number = 0,
): string {
  const name = `${metadata.name}-${template}`;
  return collisionCount ? `${name}-${collisionCount}` : name;
}

/** Of an analysis' run: a later attempt's has `.1`, `.2` … behind its name. */
export function runName(
  { metadata }: Experiment,
  analysis: string,
  attempt: number = 0,
): string {
  const name = `${metadata.name}-${analysis}`;
  return attempt ? `${name}.${attempt}` : name;
}
