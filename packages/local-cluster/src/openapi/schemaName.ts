import { ServedKind } from '../kinds/kindRegistry';

const MODEL =
  /^(Core|Events|Apiextensions|Discovery)?(V\d+(?:alpha\d+|beta\d+)?)(.+)$/;

/** `io.argoproj.v1alpha1.Rollout` */
export function schemaName({ kind, version }: ServedKind): string {
  const domain = kind.group
    ? kind.group.split('.').reverse().join('.')
    : 'core';
  return `${domain}.${version.name}.${kind.kind}`;
}

/** The name of a builtin model, of which people see the end: `io.k8s.v1.ObjectMeta`. */
export function modelName(model: string): string {
  const [, group, version, name] = MODEL.exec(model) ?? [];
  if (!version) return model;
  return ['io.k8s', group?.toLowerCase(), version.toLowerCase(), name]
    .filter(Boolean)
    .join('.');
}
