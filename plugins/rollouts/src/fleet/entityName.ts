import { parseEntityRef } from '@backstage/catalog-model';

/** The name a person would say: `group:default/palette` is palette, `group:sea/harbor` sea/harbor. */
export function entityName(entityRef: string): string {
  const { namespace, name } = parseEntityRef(entityRef, {
    defaultKind: 'group',
    defaultNamespace: 'default',
  });
  return namespace === 'default' ? name : `${namespace}/${name}`;
}
