import { ServedKind } from '../kinds/kindRegistry';

/** `io.argoproj.v1alpha1.Rollout` */
export function schemaName({ kind, version }: ServedKind): string {
  const domain = kind.group
    ? kind.group.split('.').reverse().join('.')
    : 'core';
  return `${domain}.${version.name}.${kind.kind}`;
}
